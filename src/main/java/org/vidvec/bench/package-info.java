/**
 * Measures: how long embedding, matching and generating take, beside what the machine can multiply.
 */
package org.vidvec.bench;

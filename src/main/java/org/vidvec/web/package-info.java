/**
 * Files on the web, as far as an administrator allows them: which URLs those are, and their bytes
 * in ranges. Knows nothing of media.
 */
package org.vidvec.web;

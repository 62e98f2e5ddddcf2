/**
 * What the bytes of compressed video say without being decoded: which pictures no other one is made
 * from, so that leaving them out changes no other one.
 *
 * <p>Start at {@link org.vidvec.bitstream.Unreferenced}. Bytes are a stranger's: whatever can't be
 * followed counts as referred to.
 *
 * <p>Imports nothing of ours.
 */
package org.vidvec.bitstream;

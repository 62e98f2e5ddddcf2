/**
 * Media of this machine by the places that sets name: a file, or a folder of numbered pictures,
 * which is a video. For the commands: a node opens no file by name.
 *
 * <p>May import {@code datasets} and {@code media}.
 */
package org.vidvec.stills;

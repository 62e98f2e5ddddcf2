/**
 * The generated world: clips, long videos, images and pages of which all is known, to learn from
 * and to measure with.
 *
 * <p>Start at {@link org.vidvec.world.WorldSamples} (what a trainer reads) and {@link
 * org.vidvec.world.WorldFiles} (what {@code ./vidvec world} writes). A {@link
 * org.vidvec.world.Scene} is what is true; {@code Captions}, {@code Questions} and {@code
 * Negatives} say it or deny it by way of a {@link org.vidvec.world.Statement}; {@link
 * org.vidvec.world.SceneRenderer} shows it. Everything is thrown from seeds with {@code Dice} and
 * is the same on every machine: no font, no {@code Math.sin}, no random numbers of the JDK.
 *
 * <p>May import {@code media} and {@code natives}, for writing videos.
 */
package org.vidvec.world;

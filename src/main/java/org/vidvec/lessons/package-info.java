/**
 * What is learnt by answering: subjects of the generated world with everything that is asked of
 * them, as a network reads it, and how much of it a model knows by now.
 *
 * <p>May import {@code world}, {@code model}, {@code generation}, {@code backbone}, {@code engine}
 * and {@code media}. Start with {@link org.vidvec.lessons.LessonMaker}.
 */
package org.vidvec.lessons;

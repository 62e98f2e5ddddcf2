/**
 * Texts and pictures as a network takes them: prompts in tokens, pictures in patches, positions.
 * What the families share of it; knows no network.
 *
 * <p>May import {@code engine} (the tokenizer), {@code resize} and {@code media}. Start with {@link
 * org.vidvec.prompt.PromptProcessor}.
 */
package org.vidvec.prompt;

/**
 * What the papers define over a model folder: embed and match, by the recipe of a model card. May
 * import backbone, engine, media and natives.
 *
 * <p>Start with {@link org.vidvec.model.FolderModelRepository}, then {@link
 * org.vidvec.model.ModelCard}, {@link org.vidvec.model.PromptEmbedder} and {@link
 * org.vidvec.model.YesNoMatcher}.
 */
package org.vidvec.model;

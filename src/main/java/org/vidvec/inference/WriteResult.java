package org.vidvec.inference;

import org.vidvec.model.ModelInfo;
import org.vidvec.model.Writer;

/**
 * A text and which model wrote it.
 *
 * @param written the text
 * @param model which model
 */
public record WriteResult(Writer.Written written, ModelInfo model) {}

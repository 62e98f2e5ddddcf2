/**
 * A node's engine room: takes calls, decodes their media, puts them into batches by count and token
 * budget, has a model answer, and counts. It may use {@code model} and {@code media}; it knows
 * neither Elasticsearch nor tensors, and starts no thread of its own.
 *
 * <p>Start reading at {@link org.vidvec.inference.InferenceService}; then {@code EmbedFlow} tells
 * the way of one call from stage to stage, and {@code EngineRoom} shows the stages: {@code
 * Admission}, {@code ModelPool}, {@code DecodeStage}, {@code BatchScheduler}. Whatever a call
 * holds, {@code Flight} gives back when it ends.
 */
package org.vidvec.inference;

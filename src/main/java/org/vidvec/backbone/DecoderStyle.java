package org.vidvec.backbone;

/** What differs between decoders besides their sizes: norm, MLP and embedding. */
public enum DecoderStyle {
    /** Qwen2 and Qwen3. */
    QWEN("qwen.py"),
    /** Gemma: norms around 1, GeGLU, embeddings times the root of their size. */
    GEMMA("gemma.py");

    private final String source;

    DecoderStyle(String source) {
        this.source = source;
    }

    /** Its file in {@code resources/graphs}. */
    String source() {
        return source;
    }
}

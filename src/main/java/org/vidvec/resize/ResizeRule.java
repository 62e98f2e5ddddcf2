package org.vidvec.resize;

/** Whose integer arithmetic resizes pictures; the two differ by at most 1 in few bytes. */
public enum ResizeRule {
    /** Weights of 15 bits (transformers' fast processors). */
    TORCHVISION,
    /** Weights of 22 bits (processors that go through Pillow images). */
    PILLOW
}

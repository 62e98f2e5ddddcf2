package org.vidvec.model;

import java.util.List;

/** The models that an admin has put on this machine. Thread-safe. */
public interface ModelRepository {

    /** Names of the model folders, sorted. Reads no weights and loads no natives. */
    List<String> ids();

    /**
     * Reads a model's description, without natives and without weights (but for their fingerprint,
     * which is computed once and kept).
     *
     * @throws ModelException of kind CHECKPOINT if the folder is missing or unusable, naming what
     *     is wrong
     */
    ModelInfo describe(String id) throws ModelException;

    /**
     * Loads a model. Takes seconds to minutes; never call it on a thread that others wait for.
     *
     * @throws ModelException if the folder is unusable, memory is short or natives are missing
     */
    LoadedModel load(String id) throws ModelException;

    /** How well the beginnings of prompts were kept, by all models together. */
    default PrefixStats prefixes() {
        return PrefixStats.NONE;
    }
}

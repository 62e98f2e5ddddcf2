package org.vidvec.engine;

import java.nio.file.Path;
import java.util.Map;

/**
 * The header of one safetensors file.
 *
 * @param file where it lies
 * @param entries its tensors by name, in the order of the header
 */
public record Safetensors(Path file, Map<String, WeightEntry> entries) {

    /**
     * Reads and checks a header; no weights are read and no natives are needed.
     *
     * @throws CheckpointException if the file is missing, cut off or not a safetensors file
     */
    public static Safetensors open(Path file) throws CheckpointException {
        return SafetensorsHeader.read(file);
    }
}

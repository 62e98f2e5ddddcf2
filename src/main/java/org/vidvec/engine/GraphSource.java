package org.vidvec.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Blocks of TorchScript source in {@code src/main/resources/graphs}, joined into one text. */
final class GraphSource {

    private GraphSource() {}

    /**
     * @param blocks file names; a block may use what any other defines
     * @throws EngineException if a block is not in the jar
     */
    static String join(List<String> blocks) throws EngineException {
        StringBuilder source = new StringBuilder();
        for (String block : blocks) {
            source.append("# ---- ").append(block).append('\n').append(read(block)).append('\n');
        }
        return source.toString();
    }

    private static String read(String block) throws EngineException {
        try (InputStream in = GraphSource.class.getResourceAsStream("/graphs/" + block)) {
            if (in == null) {
                throw new EngineException(
                        "no graph source [" + block + "] in the jar; install the plugin again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EngineException("can't read graph source [" + block + "]: " + e);
        }
    }
}

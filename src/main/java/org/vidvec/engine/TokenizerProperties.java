package org.vidvec.engine;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vidvec.natives.NativeLibraries;

/** System properties that DJL reads when its classes start. */
final class TokenizerProperties {

    private TokenizerProperties() {}

    /** No telemetry call and no download. */
    static Map<String, String> offline() {
        return Map.of("OPT_OUT_TRACKING", "true", "ai.djl.offline", "true");
    }

    static Map<String, String> of(NativeLibraries natives) {
        Map<String, String> properties = new LinkedHashMap<>(offline());
        // the file itself: a folder gives a NullPointerException on machines without CUDA
        Path library = natives.folder("tokenizers").resolve(System.mapLibraryName("tokenizers"));
        properties.put("RUST_LIBRARY_PATH", library.toString());
        return properties;
    }
}

package org.vidvec.train;

import java.nio.file.Path;
import java.util.List;

/** Which weights are learnt. */
public sealed interface Learning {

    /**
     * All weights of the network that a loss depends on.
     *
     * @param frozen modules whose weights stay as they are
     */
    record Full(List<String> frozen) implements Learning {

        /** Without any that stay. */
        public Full() {
            this(List.of());
        }
    }

    /**
     * Low-rank matrices beside them.
     *
     * @param settings their sizes and places
     * @param from folder of a PEFT adapter to begin with; null to begin anew
     * @param merge whether the whole model is written as well, with the matrices merged into it
     * @param whole modules all of whose weights are learnt, as PEFT's {@code modules_to_save}
     */
    record Lora(LoraSettings settings, Path from, boolean merge, List<String> whole)
            implements Learning {

        /** Without modules that are learnt as a whole. */
        public Lora(LoraSettings settings, Path from, boolean merge) {
            this(settings, from, merge, List.of());
        }
    }
}

package org.vidvec.backbone;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One name for a module whatever the version of transformers that named it: the wrappers around
 * decoder and vision tower came, went and moved ({@code model.layers.0}, {@code
 * model.language_model.layers.0}, {@code language_model.model.layers.0}).
 */
final class ModuleNames {

    private static final Set<String> WRAPPERS = Set.of("model", "language_model");
    private static final Set<String> VISION =
            Set.of("visual", "vision_model", "vision_tower", "vision_encoder");
    private static final Set<String> PROJECTOR =
            Set.of("projector", "mm_projector", "multi_modal_projector");

    private ModuleNames() {}

    /** The same for all names of a module or tensor, and another for every other. */
    static String canonical(String name) {
        List<String> kept = new ArrayList<>();
        for (String part : name.split("\\.")) {
            String known =
                    VISION.contains(part)
                            ? "vision"
                            : PROJECTOR.contains(part) ? "projector" : part;
            boolean again = kept.isEmpty() == false && kept.get(kept.size() - 1).equals(known);
            if (WRAPPERS.contains(known) == false && (again && known.equals("vision")) == false) {
                kept.add(known);
            }
        }
        return String.join(".", kept);
    }
}

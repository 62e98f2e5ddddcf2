package org.vidvec.train;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vidvec.backbone.NetworkLearner;

/**
 * Modules of a network that a run names: those that are learnt as a whole beside low-rank matrices
 * (ViLL-E §3.3: the vision projection; PEFT's {@code modules_to_save}), or those that stay as they
 * are. A name is met by every weight below a module of that name, for example {@code
 * visual.merger}.
 *
 * @param field where they are named
 * @param names may be none
 */
record NamedModules(String field, List<String> names) {

    /**
     * The weights that are meant, in network order.
     *
     * @throws IllegalArgumentException if a name meets none
     */
    Set<String> among(NetworkLearner network) {
        Set<String> met = new LinkedHashSet<>();
        for (String name : names) {
            List<String> own =
                    network.weights().keySet().stream()
                            .filter(weight -> ("." + weight + ".").contains("." + name + "."))
                            .toList();
            if (own.isEmpty()) {
                throw new IllegalArgumentException(
                        "["
                                + field
                                + "] names ["
                                + name
                                + "], which is no module of the network; its weights go from ["
                                + network.weights().keySet().iterator().next()
                                + "] on, see [./vidvec model]");
            }
            met.addAll(own);
        }
        return met;
    }
}

package org.vidvec.model;

import java.util.List;
import org.vidvec.engine.CheckpointException;
import org.vidvec.family.TextConfig;

/** The families that can be loaded. */
final class ModelFamilies {

    private static final List<ModelFamily> ALL =
            List.of(
                    new Qwen2VlFamily(),
                    new Qwen25VlFamily(),
                    new Qwen3VlFamily(),
                    new PaliGemmaFamily(),
                    new VideoLlama3Family(),
                    new VideoLlama3ReleasedFamily(),
                    new QwenTextFamily(TextConfig.QWEN2),
                    new QwenTextFamily(TextConfig.QWEN3));

    private ModelFamilies() {}

    /**
     * The family of a {@code model_type}.
     *
     * @throws CheckpointException that lists the known ones
     */
    static ModelFamily of(String modelType) throws CheckpointException {
        for (ModelFamily family : ALL) {
            if (family.modelType().equals(modelType)) {
                return family;
            }
        }
        throw new CheckpointException(
                "unknown [model_type] ["
                        + modelType
                        + "] in [config.json]; known are "
                        + ALL.stream().map(ModelFamily::modelType).toList()
                        + "; use a checkpoint of one of them");
    }
}

package org.vidvec.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.scratch.ModelShape;
import org.vidvec.scratch.NewModel;
import org.vidvec.scratch.Vocabulary;

/**
 * What a run begins with.
 *
 * @param folder of the model
 * @param fresh sizes of a model that is made there first; null for one that is there
 * @param vocabulary what the tokens of a new model are learnt from; null for one that is there
 */
public record BaseModel(Path folder, ModelShape fresh, Vocabulary vocabulary) {

    /** Folder of a new model inside that of its run. */
    private static final String BASE = "base";

    /** Reads {@code model}: a folder's path, or an object with the sizes of a new one. */
    static BaseModel read(RunFields run, Path folder, Path output) {
        if (run.isObject("model") == false) {
            return new BaseModel(folder.resolve(run.text("model", null)).normalize(), null, null);
        }
        RunFields model = run.object("model");
        RunFields sizes = model.object("new");
        model.refuseOthers();
        RunFields vision = sizes.object("vision");
        ModelShape.Vision tower =
                new ModelShape.Vision(
                        vision.whole("depth", 4, 1),
                        vision.whole("embed_dim", 192, 1),
                        vision.whole("num_heads", 4, 1));
        vision.refuseOthers();
        ModelShape shape =
                new ModelShape(
                        sizes.whole("hidden_size", 256, 1),
                        sizes.whole("num_hidden_layers", 6, 1),
                        sizes.whole("num_attention_heads", 4, 1),
                        sizes.whole("num_key_value_heads", 2, 1),
                        sizes.whole("intermediate_size", 768, 1),
                        tower,
                        sizes.whole("vocab_size", 1500, 1));
        String texts = sizes.text("texts", "");
        sizes.refuseOthers();
        Vocabulary vocabulary =
                texts.isEmpty()
                        ? new Vocabulary.World()
                        : new Vocabulary.Texts(folder.resolve(texts).normalize());
        return new BaseModel(output.resolve(BASE), shape, vocabulary);
    }

    /**
     * Makes a new model, unless it was made before.
     *
     * @throws IOException if it can't be written
     * @throws CheckpointException if one that should be there is not
     */
    void make(RunFolder run, long seed) throws IOException, EngineException, CheckpointException {
        if (fresh == null && Files.isDirectory(folder) == false) {
            throw new CheckpointException(
                    "[model] names the folder ["
                            + folder
                            + "], and there is none; put a checkpoint there, run the recipe that"
                            + " makes it, or name another, relative to the description's folder");
        }
        if (fresh != null && Files.notExists(folder)) {
            run.put(BASE, new NewModel(fresh, vocabulary, seed)::write);
        }
    }
}

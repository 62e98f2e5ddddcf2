package org.vidvec.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.Device;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.Tokenizer;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;

/**
 * All that is wrong with a model folder as far as its files tell: each part is looked at, whatever
 * is wrong with the others. Reads no weights.
 */
final class ModelProblems {

    private final List<String> found = new ArrayList<>();

    private ModelProblems() {}

    /** One look at a part. */
    @FunctionalInterface
    private interface Look<T> {
        T at() throws CheckpointException, EngineException, NativeLibraryException;
    }

    static List<String> of(ModelFolders folders, String id, NativeLibraries natives) {
        ModelProblems problems = new ModelProblems();
        ModelFolder folder = problems.look(() -> folders.locate(id));
        if (folder != null) {
            problems.folder(folder, natives);
        }
        return problems.found.stream().distinct().toList();
    }

    private void folder(ModelFolder folder, NativeLibraries natives) {
        Path path = folder.base();
        look(
                () -> {
                    folder.requireFiles();
                    return folder;
                });
        ModelFamily family = look(() -> ModelDescription.family(path));
        if (family == null) {
            look(() -> new NetworkOptions(null, null, 0, false).open(path));
            return;
        }
        ModelCard card = look(() -> ModelDescription.card(folder, family));
        ModelFamily.Sizes sizes = look(() -> family.sizes(path));
        if (card != null && sizes != null) {
            look(() -> ModelDescription.layer(card, sizes));
            look(() -> ModelDescription.dims(card, sizes));
        }
        look(
                () -> {
                    Path adapter = card == null ? null : ModelDescription.adapter(folder, card);
                    NetworkOptions options = new NetworkOptions(Device.CPU, null, 0, true, adapter);
                    return sizes == null
                            ? options.open(path)
                            : family.config(path).weights(path, options);
                });
        processor(path, family, card == null ? family.defaultCard(path) : card, natives);
    }

    private void processor(Path path, ModelFamily family, ModelCard card, NativeLibraries natives) {
        look(
                () -> {
                    Path file = path.resolve(ModelFolder.TOKENIZER);
                    try (Tokenizer tokenizer = Tokenizer.load(natives, file)) {
                        MatchQuestion usual = family.defaultCard(path).match();
                        AnswerTokens.requireNamed(card.match(), usual, tokenizer);
                        AnswerTokens.of(card.match(), tokenizer);
                        return family.processor(path, tokenizer, card);
                    } catch (ModelException e) {
                        throw new CheckpointException(e.getMessage());
                    }
                });
    }

    /** Gives null if something is wrong. */
    private <T> T look(Look<T> look) {
        try {
            return look.at();
        } catch (CheckpointException e) {
            found.addAll(e.problems());
        } catch (EngineException
                | NativeLibraryException
                | IllegalArgumentException
                | IllegalStateException e) {
            found.add(e.getMessage());
        }
        return null;
    }
}

package org.vidvec.quality;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vidvec.model.FolderModelRepository;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;

/** Loads the checkpoint that is measured, as a node would. */
record ModelFolderUse(NativeLibraries natives, EvalOrder order) {

    /** What is remembered of videos that are judged more than once. */
    private static final long PREFIX_BYTES = 1L << 30;

    /**
     * The loaded model, which the caller closes.
     *
     * @throws QualityException if there is no such folder
     */
    LoadedModel load() throws QualityException, ModelException {
        Path folder = Path.of(order.model()).toAbsolutePath().normalize();
        if (Files.isDirectory(folder) == false) {
            throw new QualityException(
                    "there is no folder [" + folder + "]; give that of a checkpoint");
        }
        long kept = order.rerank() > 0 ? PREFIX_BYTES : 0;
        return new FolderModelRepository(
                        List.of(folder.getParent()), natives, order.device(), order.threads(), kept)
                .load(folder.getFileName().toString());
    }
}

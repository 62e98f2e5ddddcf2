package org.vidvec.model;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.vidvec.engine.CheckpointException;

/** Changes a field of a folder's model card and leaves the others as they are. */
public final class CardFile {

    private CardFile() {}

    /**
     * Puts a number; the card is made if there is none, and whole at every moment.
     *
     * @param folder of the model
     * @throws ModelException of kind CHECKPOINT if the card can't be read or written
     */
    public static void put(Path folder, String field, int value) throws ModelException {
        Path card = folder.resolve(ModelCard.FILE);
        Path part = folder.resolve(ModelCard.FILE + ".part");
        try {
            JsonObject json = Files.exists(card) ? JsonFile.object(card) : new JsonObject();
            json.addProperty(field, value);
            String text =
                    new GsonBuilder()
                            .setPrettyPrinting()
                            .disableHtmlEscaping()
                            .create()
                            .toJson(json);
            Files.writeString(part, text + "\n");
            Files.move(
                    part,
                    card,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | CheckpointException e) {
            throw new ModelException(
                    ModelException.Kind.CHECKPOINT,
                    "can't put [" + field + "] into [" + card + "]: " + e.getMessage(),
                    e);
        }
    }
}

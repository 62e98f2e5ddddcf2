package org.vidvec.engine;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of a checkpoint that are read into memory as a whole, up to a size. */
public final class WholeFile {

    private WholeFile() {}

    /**
     * @param most bytes
     * @throws CheckpointException if it is larger or can't be read
     */
    public static byte[] bytes(Path file, long most) throws CheckpointException {
        try {
            if (Files.size(file) > most) {
                throw new CheckpointException(
                        "["
                                + file
                                + "] has ["
                                + Files.size(file)
                                + "] bytes, over the limit of ["
                                + most
                                + "]; put the authors' own file there");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CheckpointException("can't read [" + file + "]: " + e, e);
        }
    }

    /**
     * @throws CheckpointException as {@link #bytes}, or if it is not UTF-8
     */
    public static String text(Path file, long most) throws CheckpointException {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(file, most));
        try {
            // a decoder of one's own refuses what new String would replace
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new CheckpointException("can't read [" + file + "]: " + e, e);
        }
    }

    /**
     * @throws CheckpointException as {@link #bytes}, or if it is not JSON
     */
    public static JsonElement json(Path file, long most) throws CheckpointException {
        try {
            return JsonParser.parseString(text(file, most));
        } catch (JsonParseException e) {
            // not as the cause: Gson's may have an Error as its own
            throw new CheckpointException(
                    "[" + file + "] is not JSON: " + e.getMessage() + "; correct the file");
        }
    }
}

package org.vidvec.engine;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;

/** A checkpoint's {@code tokenizer.json}, run by Hugging Face's own library. Thread-safe. */
public final class Tokenizer implements AutoCloseable {

    // DJL would cut at 512 tokens and pad batches otherwise
    private static final Map<String, String> AS_THE_FILE_SAYS =
            Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");

    // the largest released ones have 35 MB
    private static final long MAX_BYTES = 128L << 20;

    private final HuggingFaceTokenizer tokenizer;
    private final NativeGuard guard;

    private Tokenizer(Path file, HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.guard = new NativeGuard("tokenizer [" + file + "]");
    }

    /**
     * Loads a tokenizer.
     *
     * @param file a {@code tokenizer.json}
     * @throws NativeLibraryException if the plugin has no natives for this platform or they are
     *     damaged
     * @throws CheckpointException if the file can't be read
     * @throws EngineException if the library does not load or does not understand the file
     */
    public static Tokenizer load(NativeLibraries natives, Path file)
            throws NativeLibraryException, CheckpointException, EngineException {
        byte[] json = WholeFile.bytes(file, MAX_BYTES);
        natives.verify("tokenizers");
        NativeLibraries.setIfAbsent(TokenizerProperties.of(natives));
        return NativeCall.run(
                "load tokenizer [" + file + "]",
                () ->
                        new Tokenizer(
                                file,
                                HuggingFaceTokenizer.newInstance(
                                        new ByteArrayInputStream(json), AS_THE_FILE_SAYS)));
    }

    /**
     * Ids of a text. Special tokens that stand in the text, such as {@code <|im_start|>}, are
     * recognised either way.
     *
     * @param addSpecialTokens whether the file's own beginning and end tokens are put around it
     * @throws EngineException if the library fails
     */
    public long[] encode(String text, boolean addSpecialTokens) throws EngineException {
        return guard.run(
                "tokenize a text of [" + text.length() + "] characters",
                () -> tokenizer.encode(text, addSpecialTokens, false).getIds());
    }

    /**
     * The text of ids.
     *
     * @param skipSpecialTokens whether special tokens are left out
     * @throws EngineException if the library fails
     */
    public String decode(long[] ids, boolean skipSpecialTokens) throws EngineException {
        return guard.run(
                "decode [" + ids.length + "] tokens",
                () -> tokenizer.decode(ids, skipSpecialTokens));
    }

    /**
     * The id of a text that is exactly one token, such as {@code <|image_pad|>} or {@code Yes}.
     *
     * @return empty if it is several
     * @throws EngineException if the library fails
     */
    public OptionalLong id(String token) throws EngineException {
        long[] ids = encode(token, false);
        return ids.length == 1 ? OptionalLong.of(ids[0]) : OptionalLong.empty();
    }

    @Override
    public void close() {
        guard.close(tokenizer::close);
    }
}

package org.vidvec.scratch;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;

/**
 * A model that knows nothing yet: a folder in the layout of the released Qwen2-VL checkpoints, with
 * a tokenizer learnt from texts and first values from a seed. The same shape, texts and seed give
 * the same bytes.
 */
public final class NewModel {

    /** Of the vision tower's layers, as in the released checkpoints. */
    static final int MLP_RATIO = 4;

    /** Rows of the embedding table come in multiples of it. */
    private static final int ROWS = 64;

    private static final String TEMPLATE = "chat_template";

    private final ModelShape shape;
    private final Vocabulary vocabulary;
    private final long seed;

    /** With the words of the generated world. */
    public NewModel(ModelShape shape, long seed) {
        this(shape, new Vocabulary.World(), seed);
    }

    /**
     * @param vocabulary what its tokens are learnt from
     */
    public NewModel(ModelShape shape, Vocabulary vocabulary, long seed) {
        this.shape = shape;
        this.vocabulary = vocabulary;
        this.seed = seed;
    }

    /**
     * Writes the folder.
     *
     * @throws IOException if it can't be written
     * @throws IllegalArgumentException if there are no words to learn tokens from
     */
    public void write(Path folder) throws IOException, EngineException, CheckpointException {
        Files.createDirectories(folder);
        JsonObject card = ScratchFile.read("vidvec.json");
        TokenizerFiles tokenizer = new TokenizerFiles(bpe(card));
        tokenizer.write(folder);
        int rows = (tokenizer.size() + ROWS - 1) / ROWS * ROWS;
        write(folder, "config.json", config(tokenizer, rows));
        write(folder, "generation_config.json", generation(tokenizer));
        write(folder, "preprocessor_config.json", ScratchFile.read("preprocessor_config.json"));
        write(folder, "tokenizer_config.json", tokenizerConfig(tokenizer));
        write(folder, "chat_template.json", chatTemplate());
        write(folder, "vidvec.json", card);
        new InitialWeights(shape, rows, seed).write(folder.resolve("model.safetensors"));
    }

    /** Learnt from what is said and asked by the card. */
    private Bpe bpe(JsonObject card) throws IOException {
        List<String> prompts = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        prompts.add(chatTemplate().get(TEMPLATE).getAsString());
        JsonObject match = card.getAsJsonObject("match");
        for (String part : List.of("query", "document", "match")) {
            for (JsonElement text : card.getAsJsonObject(part).asMap().values()) {
                if (text.isJsonPrimitive()) {
                    prompts.add(text.getAsString());
                }
            }
        }
        for (String side : List.of("yes", "no")) {
            match.getAsJsonArray(side).forEach(answer -> answers.add(answer.getAsString()));
        }
        return BpeTrainer.train(vocabulary.count(seed, prompts, answers), shape.vocabulary());
    }

    /** The tokenizer's, where processors look for it. */
    private static JsonObject chatTemplate() throws IOException {
        JsonObject template = new JsonObject();
        template.add(TEMPLATE, ScratchFile.read("tokenizer_config.json").get(TEMPLATE));
        return template;
    }

    private JsonObject config(TokenizerFiles tokenizer, int rows) throws IOException {
        JsonObject config = ScratchFile.read("config.json");
        ends(config, tokenizer);
        config.addProperty("vision_start_token_id", tokenizer.id(SpecialTokens.VISION_START));
        config.addProperty("vision_end_token_id", tokenizer.id(SpecialTokens.VISION_END));
        config.addProperty("vision_token_id", tokenizer.id(SpecialTokens.VISION_PAD));
        config.addProperty("image_token_id", tokenizer.id(SpecialTokens.IMAGE_PAD));
        config.addProperty("video_token_id", tokenizer.id(SpecialTokens.VIDEO_PAD));
        config.addProperty("vocab_size", rows);
        config.addProperty("hidden_size", shape.hidden());
        config.addProperty("intermediate_size", shape.intermediate());
        config.addProperty("num_hidden_layers", shape.layers());
        config.addProperty("max_window_layers", shape.layers());
        config.addProperty("num_attention_heads", shape.heads());
        config.addProperty("num_key_value_heads", shape.kvHeads());
        // as released: 16 of 64 frequencies turn with time, 24 with each of height and width
        int frequencies = shape.headDim() / 2;
        int side = frequencies * 3 / 8;
        JsonArray sections = new JsonArray();
        List.of(frequencies - 2 * side, side, side).forEach(sections::add);
        config.getAsJsonObject("rope_scaling").add("mrope_section", sections);
        JsonObject vision = config.getAsJsonObject("vision_config");
        vision.addProperty("depth", shape.vision().depth());
        vision.addProperty("embed_dim", shape.vision().embed());
        vision.addProperty("hidden_size", shape.hidden());
        vision.addProperty("mlp_ratio", MLP_RATIO);
        vision.addProperty("num_heads", shape.vision().heads());
        vision.addProperty("patch_size", ModelShape.PATCH);
        vision.addProperty("spatial_patch_size", ModelShape.PATCH);
        vision.addProperty("spatial_merge_size", ModelShape.MERGE);
        vision.addProperty("temporal_patch_size", ModelShape.FRAMES);
        return config;
    }

    private static JsonObject generation(TokenizerFiles tokenizer) {
        JsonObject generation = new JsonObject();
        ends(generation, tokenizer);
        generation.addProperty("do_sample", false);
        return generation;
    }

    private static void ends(JsonObject config, TokenizerFiles tokenizer) {
        config.addProperty("bos_token_id", tokenizer.id(SpecialTokens.END_OF_TEXT));
        config.addProperty("eos_token_id", tokenizer.id(SpecialTokens.END_OF_TURN));
        config.addProperty("pad_token_id", tokenizer.id(SpecialTokens.END_OF_TEXT));
    }

    private static JsonObject tokenizerConfig(TokenizerFiles tokenizer) throws IOException {
        JsonObject config = ScratchFile.read("tokenizer_config.json");
        JsonObject added = new JsonObject();
        for (String token : SpecialTokens.ALL) {
            JsonObject entry = new JsonObject();
            entry.addProperty("content", token);
            for (String no : List.of("lstrip", "normalized", "rstrip", "single_word")) {
                entry.addProperty(no, false);
            }
            entry.addProperty("special", true);
            added.add(String.valueOf(tokenizer.id(token)), entry);
        }
        config.add("added_tokens_decoder", added);
        return config;
    }

    private static void write(Path folder, String name, JsonObject json) throws IOException {
        String text =
                new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .serializeNulls()
                        .create()
                        .toJson(json);
        Files.writeString(folder.resolve(name), text + "\n");
    }
}

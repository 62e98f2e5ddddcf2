package org.vidvec.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.vidvec.backbone.ConfigReader;
import org.vidvec.backbone.KvFormerConfig;
import org.vidvec.backbone.LoraAdapter;
import org.vidvec.backbone.NetworkOptions;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.CpuProducts;
import org.vidvec.engine.DType;
import org.vidvec.engine.Device;
import org.vidvec.engine.StoredType;
import org.vidvec.engine.WeightEntry;
import org.vidvec.prompt.PromptStyle;

/**
 * What a model folder says about itself, read without natives.
 *
 * @param folder where it lies
 * @param family of its config.json
 * @param card its own, over the family's defaults
 * @param sizes of its network
 * @param stored what most of its weights are stored in
 * @param dtype what it is computed in
 * @param adapter folder of the LoRA adapter that is merged into it; null for none
 * @param info for users
 */
record ModelDescription(
        ModelFolder folder,
        ModelFamily family,
        ModelCard card,
        ModelFamily.Sizes sizes,
        StoredType stored,
        DType dtype,
        Path adapter,
        ModelInfo info) {

    private static final List<String> NAMED_FILES =
            List.of(
                    ModelFolder.CONFIG,
                    ModelFolder.TOKENIZER,
                    "preprocessor_config.json",
                    "video_preprocessor_config.json",
                    "processor_config.json",
                    // the default system message
                    "chat_template.jinja",
                    "chat_template.json",
                    "tokenizer_config.json");

    /**
     * @param cpu whether it will compute on a CPU, where float16 is widened
     * @throws CheckpointException if the folder is unusable, naming what is wrong
     */
    static ModelDescription read(ModelFolder folder, Fingerprint fingerprint, boolean cpu)
            throws CheckpointException {
        Path path = folder.base();
        ModelFamily family = family(path);
        ModelCard card = card(folder, family);
        ModelFamily.Sizes sizes = family.sizes(path);
        int layer = layer(card, sizes);
        Path adapter = adapter(folder, card);
        if (card.kvFormer() != null) {
            checkHead(folder, card, sizes);
        }
        Checkpoint checkpoint = new NetworkOptions(null, null, 0, false, adapter).open(path);
        StoredType stored = stored(checkpoint);
        DType dtype = dtype(card, stored, cpu);
        ModelInfo info =
                new ModelInfo(
                        folder.id(),
                        family.modelType(),
                        fingerprint.of(decisive(folder, checkpoint, adapter, card), card.recipe()),
                        dims(card, sizes),
                        layer,
                        sizes.layers(),
                        checkpoint.parameters(),
                        dtype.label(),
                        card.sampling(),
                        card.randomWeights(),
                        card.use().rerankWindow(),
                        ModelRecipe.of(card, family));
        return new ModelDescription(folder, family, card, sizes, stored, dtype, adapter, info);
    }

    /** The same on a device that is known now. */
    ModelDescription on(Device device) {
        DType other = dtype(card, stored, device.equals(Device.CPU));
        ModelInfo same = info.computedIn(other.label());
        return new ModelDescription(folder, family, card, sizes, stored, other, adapter, same);
    }

    static ModelFamily family(Path path) throws CheckpointException {
        ConfigReader config = ConfigReader.open(path.resolve(ModelFolder.CONFIG));
        return ModelFamilies.of(config.text("model_type"));
    }

    /** What its folder says, over what that of its base says, over the family's defaults. */
    static ModelCard card(ModelFolder folder, ModelFamily family) throws CheckpointException {
        ModelCard base = card(folder.base(), family.defaultCard(folder.base()), family);
        ModelCard card = folder.isAdapter() ? card(folder.path(), base, family) : base;
        return card.licence().isEmpty() ? card.licensed(licence(folder)) : card;
    }

    /** That of the adapter, or else of its base, as their authors put it beside the weights. */
    private static String licence(ModelFolder folder) {
        String own = Readme.of(folder.path()).licence();
        return own.isEmpty() ? Readme.of(folder.base()).licence() : own;
    }

    private static ModelCard card(Path path, ModelCard otherwise, ModelFamily family)
            throws CheckpointException {
        Path file = path.resolve(ModelCard.FILE);
        if (Files.exists(file) == false) {
            return otherwise;
        }
        ModelCard card;
        try {
            card = ModelCard.read(JsonFile.object(file), otherwise);
            card.use().premise().require(family);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("[" + file + "]: " + e.getMessage(), e);
        }
        if (card.style() == PromptStyle.EMBED_TOKENS && family.hasEmbedTokens() == false) {
            throw new CheckpointException(
                    "["
                            + file
                            + "]: [prompt_style] is ["
                            + card.style().cardName()
                            + "], but ["
                            + family.modelType()
                            + "] has no such tokens; use [chat] or [plain]");
        }
        return card;
    }

    /**
     * Folder of the LoRA adapter that is merged into its weights; null for none.
     *
     * @throws CheckpointException if there are two: its own, and one of its base
     */
    static Path adapter(ModelFolder folder, ModelCard card) throws CheckpointException {
        if (folder.isAdapter()) {
            ModelFolder base = new ModelFolder(folder.id(), folder.base(), folder.base());
            if (base.adapter("") != null) {
                throw new CheckpointException(
                        "the base ["
                                + folder.base().getFileName()
                                + "] of the adapter ["
                                + folder.id()
                                + "] has an adapter of its own; merge that one into its weights,"
                                + " or take it out");
            }
        }
        return folder.adapter(card.adapter());
    }

    static int dims(ModelCard card, ModelFamily.Sizes sizes) throws CheckpointException {
        int wanted = card.use().dims();
        if (wanted > sizes.hidden()) {
            throw new CheckpointException(
                    "["
                            + ModelCard.FILE
                            + "] keeps [dims] ["
                            + wanted
                            + "], but the model's vectors have ["
                            + sizes.hidden()
                            + "]; choose at most that");
        }
        return wanted == 0 ? sizes.hidden() : wanted;
    }

    static int layer(ModelCard card, ModelFamily.Sizes sizes) throws CheckpointException {
        if (card.layer() > sizes.layers()) {
            throw new CheckpointException(
                    "["
                            + ModelCard.FILE
                            + "] reads [layer] ["
                            + card.layer()
                            + "], but the model has layers [1.."
                            + sizes.layers()
                            + "]; choose one of them");
        }
        return card.layer() == 0 ? sizes.layers() : card.layer();
    }

    private static StoredType stored(Checkpoint checkpoint) throws CheckpointException {
        Map<StoredType, Long> bytes = new EnumMap<>(StoredType.class);
        for (WeightEntry entry : checkpoint.entries().values()) {
            bytes.merge(entry.type(), entry.bytes(), Long::sum);
        }
        return bytes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow(
                        () ->
                                new CheckpointException(
                                        "the safetensors files hold no tensor; download them"
                                                + " again"))
                .getKey();
    }

    /** What the card asks for, or what is fast on the device. */
    private static DType dtype(ModelCard card, StoredType stored, boolean cpu) {
        if (card.dtype() != null) {
            return card.dtype();
        }
        if (stored == StoredType.BF16 && cpu) {
            return CpuProducts.ofThisMachine().dtype();
        }
        // libtorch has no fast float16 products on CPUs
        return stored.isCompute() && (stored != StoredType.F16 || cpu == false)
                ? stored.dtype()
                : DType.FLOAT32;
    }

    private static void checkHead(ModelFolder folder, ModelCard card, ModelFamily.Sizes sizes)
            throws CheckpointException {
        KvFormerCard head = card.kvFormer();
        KvFormerConfig read = head.check(folder.holderOf(head.config()), sizes.hidden());
        if (read.kind().hasWeights() && layer(card, sizes) != sizes.layers()) {
            throw new CheckpointException(
                    "["
                            + ModelCard.FILE
                            + "] reads [layer] ["
                            + card.layer()
                            + "], but [pooling] [kv_former] reads the last; remove [layer], or take"
                            + " the head [mean]");
        }
    }

    private static List<Path> decisive(
            ModelFolder folder, Checkpoint checkpoint, Path adapter, ModelCard card) {
        Path path = folder.base();
        List<Path> files = new ArrayList<>();
        for (String name : NAMED_FILES) {
            if (Files.exists(path.resolve(name))) {
                files.add(path.resolve(name));
            }
        }
        files.addAll(checkpoint.files());
        if (adapter != null) {
            LoraAdapter.FILES.forEach(name -> files.add(adapter.resolve(name)));
        }
        if (card.kvFormer() != null) {
            Path holder = folder.holderOf(card.kvFormer().config());
            files.add(holder.resolve(card.kvFormer().config()));
            Path head = holder.resolve(card.kvFormer().weights());
            if (Files.exists(head)) {
                files.add(head);
            }
        }
        return files;
    }
}

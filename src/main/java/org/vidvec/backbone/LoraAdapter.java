package org.vidvec.backbone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidvec.engine.Checkpoint;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.LowRankUpdate;
import org.vidvec.engine.Safetensors;
import org.vidvec.engine.WeightEntry;

/**
 * A LoRA adapter (Hu et al. 2021) as PEFT saves it: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}. It is merged into its base while that is loaded: W + alpha / rank B
 * A.
 */
public final class LoraAdapter {

    /** The files of an adapter. */
    public static final List<String> FILES = List.of(LoraConfig.FILE, "adapter_model.safetensors");

    private static final Pattern PART =
            Pattern.compile("base_model\\.model\\.(.+)\\.lora_(A|B)(?:\\.default)?\\.weight");

    /** The two halves of an update, by what they are called in the file. */
    private record Parts(Map<String, WeightEntry> a, Map<String, WeightEntry> b) {}

    private final Path folder;
    private final LoraConfig config;
    private final Parts parts;

    private LoraAdapter(Path folder, LoraConfig config, Parts parts) {
        this.folder = folder;
        this.config = config;
        this.parts = parts;
    }

    /** Whether a folder holds an adapter. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(LoraConfig.FILE));
    }

    /**
     * What the adapter in a folder was trained on, as PEFT wrote it: a name or a path.
     *
     * @throws CheckpointException if it does not say
     */
    public static String baseOf(Path folder) throws CheckpointException {
        return ConfigReader.open(folder.resolve(LoraConfig.FILE)).text("base_model_name_or_path");
    }

    /**
     * Reads config and header.
     *
     * @throws CheckpointException if a file is missing or unusable, or asks for more than LoRA, by
     *     name
     */
    public static LoraAdapter open(Path folder) throws CheckpointException {
        for (String name : FILES) {
            if (Files.exists(folder.resolve(name)) == false) {
                throw new CheckpointException(
                        "["
                                + name
                                + "] is missing in the adapter folder ["
                                + folder
                                + "]; put both of "
                                + FILES
                                + " there, as PEFT's save_pretrained writes them");
            }
        }
        LoraConfig config = LoraConfig.read(folder);
        Path file = folder.resolve(FILES.get(1));
        return new LoraAdapter(folder, config, parts(file, Safetensors.open(file).entries()));
    }

    private static Parts parts(Path file, Map<String, WeightEntry> entries)
            throws CheckpointException {
        Parts parts = new Parts(new TreeMap<>(), new TreeMap<>());
        for (WeightEntry entry : entries.values()) {
            Matcher name = PART.matcher(entry.name());
            if (name.matches() == false || entry.type().isCompute() == false) {
                throw new CheckpointException(
                        "tensor ["
                                + entry.name()
                                + "] of ["
                                + file
                                + "], stored as ["
                                + entry.type()
                                + "], is none of LoRA's: only lora_A and lora_B weights of linear"
                                + " layers in [F32], [F16] or [BF16] are supported");
            }
            Map<String, WeightEntry> half = name.group(2).equals("A") ? parts.a() : parts.b();
            half.put(name.group(1), entry);
        }
        if (parts.a().isEmpty() || parts.a().keySet().equals(parts.b().keySet()) == false) {
            throw new CheckpointException(
                    "the adapter ["
                            + file
                            + "] must have a lora_A and a lora_B for each weight; it has lora_A of "
                            + parts.a().keySet()
                            + " and lora_B of "
                            + parts.b().keySet()
                            + "; save it again");
        }
        return parts;
    }

    /** Rank of its matrices. */
    public int rank() {
        return config.rank();
    }

    /** By how much the product of its matrices is multiplied. */
    public double scale() {
        return config.scale();
    }

    /**
     * One half of what it adds to a module.
     *
     * @param module by any name that transformers ever gave it
     * @param half "A" or "B"
     * @throws CheckpointException if it does not change that module
     */
    public WeightEntry part(String module, String half) throws CheckpointException {
        String wanted = ModuleNames.canonical(module);
        Map<String, WeightEntry> halves = half.equals("A") ? parts.a() : parts.b();
        for (Map.Entry<String, WeightEntry> each : halves.entrySet()) {
            if (ModuleNames.canonical(each.getKey()).equals(wanted)) {
                return each.getValue();
            }
        }
        throw new CheckpointException(
                "the adapter ["
                        + folder
                        + "] does not change ["
                        + module
                        + "]; give its own targets, "
                        + halves.keySet());
    }

    /** How many modules it changes. */
    public int modules() {
        return parts.a().size();
    }

    /**
     * A checkpoint whose entries know what is added to them.
     *
     * @throws CheckpointException if the adapter is for another base: a weight is missing or has
     *     another shape, by name
     */
    public Checkpoint applyTo(Checkpoint base) throws CheckpointException {
        Map<String, String> names = new HashMap<>();
        base.entries().keySet().forEach(name -> names.put(ModuleNames.canonical(name), name));
        Map<String, WeightEntry> entries = new LinkedHashMap<>(base.entries());
        for (Map.Entry<String, WeightEntry> a : parts.a().entrySet()) {
            String name = names.get(ModuleNames.canonical(a.getKey() + ".weight"));
            if (name == null) {
                throw new CheckpointException(
                        "the adapter ["
                                + folder
                                + "] changes ["
                                + a.getKey()
                                + "], which the model in ["
                                + base.folder()
                                + "] does not have; use the base that it was trained on");
            }
            WeightEntry weight = entries.get(name);
            LowRankUpdate update =
                    new LowRankUpdate(a.getValue(), parts.b().get(a.getKey()), config.scale());
            check(weight, update);
            entries.put(name, weight.with(update));
        }
        return new Checkpoint(base.folder(), base.files(), entries);
    }

    private void check(WeightEntry weight, LowRankUpdate update) throws CheckpointException {
        if (weight.shape().length != 2) {
            throw wrongShape(weight, weight.shape(), "[out, in] of a linear layer");
        }
        long[] a = {config.rank(), weight.shape()[1]};
        long[] b = {weight.shape()[0], config.rank()};
        if (Arrays.equals(update.a().shape(), a) == false) {
            throw wrongShape(update.a(), update.a().shape(), Arrays.toString(a));
        }
        if (Arrays.equals(update.b().shape(), b) == false) {
            throw wrongShape(update.b(), update.b().shape(), Arrays.toString(b));
        }
    }

    private CheckpointException wrongShape(WeightEntry tensor, long[] shape, String wanted) {
        return new CheckpointException(
                "tensor ["
                        + tensor.name()
                        + "] of ["
                        + tensor.file()
                        + "] has the shape "
                        + Arrays.toString(shape)
                        + ", not "
                        + wanted
                        + " as rank ["
                        + config.rank()
                        + "] and the model need; use the base that the adapter in ["
                        + folder
                        + "] was trained on");
    }
}

package org.vidvec.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vidvec.media.FileSource;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaException;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.MediaReader;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.EmbedInput.Role;
import org.vidvec.model.Embedding;
import org.vidvec.model.FileEmbedder;
import org.vidvec.model.FolderModelRepository;
import org.vidvec.model.LoadedModel;
import org.vidvec.model.ModelException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidvec embed}: vectors of texts and files without a node, the same as a node's. */
@Command(
        name = "embed",
        description = {
            "Print the vectors of texts and of video or image files, one line each.",
            "Texts are embedded as queries and files as documents."
        })
final class EmbedCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "Folder of a checkpoint.")
    private Path model;

    @Option(names = "--text", paramLabel = "TEXT", description = "A text; may be repeated.")
    private List<String> texts = List.of();

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, cpu or cuda:N; default ${DEFAULT-VALUE}.")
    private String device;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Video and image files.")
    private List<Path> files = List.of();

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (texts.isEmpty() && files.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "nothing to embed; give a [FILE] or a [--text]");
        }
        try {
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            Path folder = model.toAbsolutePath().normalize();
            if (Files.isDirectory(folder) == false) {
                throw new CommandException(
                        "there is no folder [" + folder + "]; give that of a checkpoint");
            }
            FolderModelRepository models =
                    new FolderModelRepository(folder.getParent(), natives, device, 0);
            try (LoadedModel loaded = models.load(folder.getFileName().toString())) {
                embed(loaded, new MediaReader(natives));
            }
            return 0;
        } catch (ModelException | MediaException | NativeLibraryException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private void embed(LoadedModel loaded, MediaBackend media)
            throws ModelException, MediaException, CommandException {
        PrintWriter out = spec.commandLine().getOut();
        JsonArray results = new JsonArray();
        for (String text : texts) {
            EmbedInput input = new EmbedInput(List.of(new Content.Text(text)), Role.QUERY, null);
            print(text, loaded.embedder().embed(List.of(input)).get(0), results, out);
        }
        FileEmbedder embedder = new FileEmbedder(loaded, media, MediaLimits.DEFAULT);
        // one file at a time: their frames are large
        for (Path file : files) {
            print(file.toString(), embed(file, embedder), results, out);
        }
        if (json) {
            JsonObject all = new JsonObject();
            all.addProperty("model", loaded.info().id());
            all.addProperty("fingerprint", loaded.info().fingerprint());
            all.add("embeddings", results);
            out.println(all);
        }
    }

    private static Embedding embed(Path file, FileEmbedder embedder)
            throws MediaException, ModelException, CommandException {
        try (FileSource source = new FileSource(file)) {
            return embedder.embed(source);
        } catch (IOException e) {
            throw new CommandException("can't read [" + file + "]: " + e, e);
        }
    }

    private void print(String name, Embedding embedding, JsonArray results, PrintWriter out) {
        if (json) {
            JsonArray vector = new JsonArray();
            for (float value : embedding.vector()) {
                vector.add(value);
            }
            JsonObject result = new JsonObject();
            result.addProperty("input", name);
            result.addProperty("tokens", embedding.tokens());
            result.add("embedding", vector);
            results.add(result);
        } else {
            List<String> values = new ArrayList<>();
            for (float value : embedding.vector()) {
                values.add(Float.toString(value));
            }
            out.println(name + "\t" + String.join(" ", values));
        }
    }
}

package org.vidvec.action;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.blobstore.BlobContainer;
import org.elasticsearch.common.blobstore.OperationPurpose;
import org.elasticsearch.common.blobstore.support.BlobMetadata;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.IOUtils;
import org.elasticsearch.rest.RestStatus;
import org.vidvec.inference.HeapMeter;
import org.vidvec.inference.InputItem;
import org.vidvec.media.BytesSource;
import org.vidvec.media.MediaSource;
import org.vidvec.web.WebFile;
import org.vidvec.web.WebReader;

/** Turns items as they travel into items with their bytes at hand. Thread-safe. */
public final class MediaSources {

    private static final OperationPurpose PURPOSE = OperationPurpose.INDICES;

    /** What a repository or server without ranges may put into the heap. */
    private static final int MAX_WHOLE = 256 << 20;

    private static final int PIECE = 64 << 10;

    private final MediaRepositories repositories;
    private final WebReader web;
    private final HeapMeter heap;
    private final long maxBytes;

    /**
     * @param heap that files are counted in while they lie there as a whole
     * @param maxBytes size of a file, setting {@code vidvec.media.max_size}
     */
    public MediaSources(
            MediaRepositories repositories, WebReader web, HeapMeter heap, long maxBytes) {
        this.repositories = repositories;
        this.web = web;
        this.heap = heap;
        this.maxBytes = maxBytes;
    }

    /**
     * What a location stands for where there is no node and so no repository, by the rules of a
     * node that allows none: the command line's way in.
     *
     * @param name what errors call it
     * @param value a data URL; a URI is refused as a node refuses it
     * @param maxBytes see the constructor
     * @throws IllegalArgumentException if it is too large or not allowed
     */
    public static MediaSource openWithoutNode(String name, String value, long maxBytes) {
        MediaSources sources =
                new MediaSources(
                        new MediaRepositories(null, null, null, List.of()),
                        new WebReader(List.of(), Duration.ZERO),
                        // neither of them reads anything
                        null,
                        maxBytes);
        InputSpec.Type type = InputValue.typeOf(name, value);
        // what is no data URL can only be a URI, whatever it looks like
        InputSpec spec =
                type == null
                        ? InputValue.read(name, InputSpec.Type.VIDEO, InputSpec.Format.URL, value)
                        : InputValue.read(name, type, null, value);
        return switch (sources.open(spec)) {
            case InputItem.Media media -> media.source();
            default ->
                    throw new IllegalArgumentException(
                            "["
                                    + name
                                    + "] is a text; give a file, a data URL"
                                    + " [data:video/mp4;base64,...] or a URI");
        };
    }

    /**
     * Opens all items. May wait for the network: only for generic threads. Whoever gets the items
     * closes their sources.
     *
     * @param caller who is no longer served when the time is over
     * @throws IllegalArgumentException if an item is too large, not there or not allowed
     * @throws ElasticsearchStatusException 500 if a repository can't be read, 502 if a file on the
     *     web can't, 408 if the time is over
     */
    List<InputItem> open(List<InputSpec> specs, Caller caller) {
        List<InputItem> items = new ArrayList<>(specs.size());
        try {
            for (InputSpec spec : specs) {
                caller.check();
                items.add(open(spec));
            }
        } finally {
            if (items.size() < specs.size()) {
                close(items);
            }
        }
        return List.copyOf(items);
    }

    /** Closes the sources of items that nobody will read. */
    static void close(List<InputItem> items) {
        for (InputItem item : items) {
            if (item instanceof InputItem.Media media) {
                IOUtils.closeWhileHandlingException(media.source());
            }
        }
    }

    private InputItem open(InputSpec spec) {
        return switch (spec) {
            case InputSpec.Text text -> new InputItem.Text(text.value());
            case InputSpec.Frames frames ->
                    new InputItem.Frames(frames.name(), bytes(frames.strip()));
            case InputSpec.Inline inline -> {
                checkSize(inline.name(), inline.data().length());
                yield new InputItem.Media(
                        kind(inline.type()), new BytesSource(inline.name(), bytes(inline.data())));
            }
            case InputSpec.Link link ->
                    new InputItem.Media(
                            kind(link.type()),
                            switch (link.uri()) {
                                case RepositoryUri uri -> openFile(uri);
                                case WebUri uri -> openWeb(uri);
                            });
        };
    }

    private MediaSource openWeb(WebUri uri) {
        HeapShare share = new HeapShare(heap);
        MediaSource opened = null;
        try {
            opened = openWeb(uri, share);
            return opened;
        } finally {
            if (opened instanceof WholeSource == false) {
                share.close();
            }
        }
    }

    private MediaSource openWeb(WebUri uri, HeapShare share) {
        WebFile file;
        try {
            file = web.open(uri.address(), mostWhole(), share);
        } catch (IOException e) {
            // without a cause, which might tell what the host's name stands for
            throw new ElasticsearchStatusException(
                    "could not read [{}]: {}; try again, or send the file as base64",
                    RestStatus.BAD_GATEWAY,
                    uri.name(),
                    e.getMessage());
        }
        checkSize(uri.name(), file.size());
        if (file.isWhole()) {
            return new WholeSource(new BytesSource(uri.name(), file.begin()), share);
        }
        if (file.hasRanges() == false) {
            throw tooMuchAtOnce(uri, "server", "take one that knows ranges");
        }
        return new RangeSource(uri.name(), file.size(), file.begin(), file::read);
    }

    private int mostWhole() {
        return (int) Math.min(MAX_WHOLE, maxBytes);
    }

    private MediaSource openFile(RepositoryUri uri) {
        MediaRepositories.Folder folder = repositories.folder(uri);
        MediaSource opened = null;
        try {
            opened = openFile(uri, folder);
            return opened;
        } finally {
            // only what reads later holds it
            if (opened instanceof RangeSource == false) {
                folder.close();
            }
        }
    }

    private MediaSource openFile(RepositoryUri uri, MediaRepositories.Folder folder) {
        BlobContainer container = folder.container();
        String name = uri.path().substring(uri.path().lastIndexOf('/') + 1);
        Map<String, BlobMetadata> listed;
        try {
            listed = container.listBlobsByPrefix(PURPOSE, plainStart(name));
        } catch (UnsupportedOperationException e) {
            return readWhole(uri, container, name);
        } catch (IOException e) {
            throw unreadable(uri, e);
        }
        BlobMetadata file = listed.get(name);
        if (file == null) {
            throw noSuchFile(uri);
        }
        checkSize(uri.toString(), file.length());
        return new RepositoryFile(uri, folder, name, file.length()).source();
    }

    /** A url repository can neither list nor read ranges: the file is read into memory. */
    private MediaSource readWhole(RepositoryUri uri, BlobContainer container, String name) {
        HeapShare share = new HeapShare(heap);
        MediaSource read = null;
        try (InputStream in = container.readBlob(PURPOSE, name)) {
            byte[] bytes = readAll(in, share);
            checkSize(uri.toString(), bytes.length);
            if (bytes.length > MAX_WHOLE) {
                throw tooMuchAtOnce(
                        uri, "repository", "move it to one of type [fs], [s3], [gcs] or [azure]");
            }
            read = new WholeSource(new BytesSource(uri.toString(), bytes), share);
            return read;
        } catch (NoSuchFileException e) {
            throw noSuchFile(uri);
        } catch (IOException e) {
            throw unreadable(uri, e);
        } finally {
            if (read == null) {
                share.close();
            }
        }
    }

    /** Where there is too much, one byte of that at least. */
    private byte[] readAll(InputStream in, HeapShare share) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        for (int n; bytes.size() <= mostWhole() && (n = in.read(piece)) > 0; ) {
            share.accept(n);
            bytes.write(piece, 0, n);
        }
        return bytes.toByteArray();
    }

    private static IllegalArgumentException tooMuchAtOnce(
            MediaUri uri, String place, String wayOut) {
        return new IllegalArgumentException(
                "["
                        + uri.name()
                        + "] has more than ["
                        + ByteSizeValue.ofBytes(MAX_WHOLE)
                        + "], too much for a "
                        + place
                        + " without ranges; "
                        + wayOut);
    }

    /** The part of a name before what fs repositories would take for a wildcard. */
    private static String plainStart(String name) {
        int end = 0;
        while (end < name.length() && "*?[]{}\\".indexOf(name.charAt(end)) < 0) {
            end++;
        }
        return name.substring(0, end);
    }

    private void checkSize(String name, long size) {
        if (size > maxBytes) {
            throw new IllegalArgumentException(
                    "["
                            + name
                            + "] has ["
                            + ByteSizeValue.ofBytes(size).getStringRep()
                            + "], over the limit of ["
                            + ByteSizeValue.ofBytes(maxBytes)
                            + "] set by [vidvec.media.max_size]; send a smaller file or raise the"
                            + " setting");
        }
    }

    private static IllegalArgumentException noSuchFile(RepositoryUri uri) {
        return new IllegalArgumentException(
                "there is no file ["
                        + uri.path()
                        + "] in repository ["
                        + uri.repository()
                        + "]; the path counts from the repository's location and base path");
    }

    private static ElasticsearchStatusException unreadable(RepositoryUri uri, IOException e) {
        return new ElasticsearchStatusException(
                "could not read [{}]; is the repository reachable from the inference nodes?",
                RestStatus.INTERNAL_SERVER_ERROR,
                e,
                uri);
    }

    private static InputItem.Kind kind(InputSpec.Type type) {
        return switch (type) {
            case IMAGE -> InputItem.Kind.IMAGE;
            case PDF -> InputItem.Kind.PDF;
            case VIDEO, TEXT -> InputItem.Kind.VIDEO;
        };
    }

    private static byte[] bytes(BytesReference data) {
        boolean whole =
                data.hasArray() && data.arrayOffset() == 0 && data.array().length == data.length();
        return whole ? data.array() : BytesReference.toBytes(data);
    }
}

package org.vidvec;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Setting.Property;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.monitor.jvm.JvmInfo;
import org.elasticsearch.monitor.os.OsProbe;
import org.vidvec.inference.InferenceConfig;
import org.vidvec.media.FrameStrip;
import org.vidvec.media.MediaBackend;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.MediaReader;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.sidecar.SidecarBackend;
import org.vidvec.web.UrlPrefix;
import org.vidvec.web.WebReader;

/** All settings of the plugin, and what the layers below make of them. */
public final class VidvecSettings {

    /** Whether this node holds models and answers calls. Where it does not, no native is loaded. */
    public static final Setting<String> INFERENCE_ENABLED =
            Setting.simpleString(
                    "vidvec.inference.enabled", "true", InferenceSwitch::check, Property.NodeScope);

    /** Where the administrator's models lie; a relative path is of the config directory. */
    public static final Setting<String> MODELS_PATH =
            Setting.simpleString("vidvec.models.path", "vidvec/models", Property.NodeScope);

    private static final Pattern DEVICE_NAME = Pattern.compile("auto|cpu|cuda:\\d{1,3}");

    /** Where models run: {@code auto}, {@code cpu} or {@code cuda:0} and so on. */
    public static final Setting<String> DEVICE =
            Setting.simpleString(
                    "vidvec.device", "auto", VidvecSettings::checkDevice, Property.NodeScope);

    /** Bytes of weights of all loaded models; by default half of what the heap leaves free. */
    public static final Setting<ByteSizeValue> MODEL_MEMORY =
            Setting.byteSizeSetting(
                    "vidvec.models.memory",
                    settings -> halfOfMemoryBesideHeap().getStringRep(),
                    Property.NodeScope);

    /** Calls under way at once on an inference node; more get a 429. */
    public static final Setting<Integer> QUEUE_CAPACITY =
            Setting.intSetting("vidvec.inference.queue_capacity", 1024, 1, Property.NodeScope);

    /** Inputs in one forward pass. */
    public static final Setting<Integer> BATCH_MAX_SIZE =
            Setting.intSetting(
                    "vidvec.inference.batch.max_size", 16, 1, Property.NodeScope, Property.Dynamic);

    /** Decoder tokens in one forward pass; one input above it runs alone. */
    public static final Setting<Integer> BATCH_MAX_TOKENS =
            Setting.intSetting("vidvec.inference.batch.max_tokens", 16_384, 1, Property.NodeScope);

    /** How long an input waits for company. */
    public static final Setting<TimeValue> BATCH_MAX_WAIT =
            Setting.timeSetting(
                    "vidvec.inference.batch.max_wait",
                    TimeValue.timeValueMillis(5),
                    TimeValue.ZERO,
                    Property.NodeScope,
                    Property.Dynamic);

    /**
     * Batches at once per model. More than one pays only where a batch does not fill the device.
     */
    public static final Setting<Integer> INFERENCE_THREADS =
            Setting.intSetting("vidvec.inference.threads", 1, 1, 64, Property.NodeScope);

    /** Threads that one batch computes with on a CPU. */
    public static final Setting<Integer> THREADS_PER_BATCH =
            new Setting<>(
                    "vidvec.inference.threads_per_batch",
                    settings -> Integer.toString(EsExecutors.allocatedProcessors(settings)),
                    value -> Setting.parseInt(value, 1, 1024, "vidvec.inference.threads_per_batch"),
                    Property.NodeScope);

    /** Heap for decoded frames; decodes beyond it wait. */
    public static final Setting<ByteSizeValue> FRAME_MEMORY =
            Setting.memorySizeSetting("vidvec.inference.frame_memory", "20%", Property.NodeScope);

    /** Of {@link #MODEL_MEMORY}, for the videos that matches ask about again; 0 for none. */
    public static final Setting<ByteSizeValue> PREFIX_MEMORY =
            Setting.byteSizeSetting(
                    "vidvec.inference.prefix_memory",
                    settings ->
                            ByteSizeValue.ofBytes(MODEL_MEMORY.get(settings).getBytes() / 10)
                                    .getStringRep(),
                    Property.NodeScope);

    /** Heap for embeddings of text queries; 0 for none. */
    public static final Setting<ByteSizeValue> QUERY_CACHE =
            Setting.memorySizeSetting("vidvec.cache.query.size", "1%", Property.NodeScope);

    /** Names of the snapshot repositories that media may be read from. */
    public static final Setting<List<String>> MEDIA_REPOSITORIES =
            Setting.stringListSetting("vidvec.media.repositories", Property.NodeScope);

    /** What URLs of media may begin with; none by default. */
    public static final Setting<List<UrlPrefix>> MEDIA_ALLOWED_URLS =
            Setting.listSetting(WebReader.ALLOWED, List.of(), UrlPrefix::of, Property.NodeScope);

    /** Time for one request to a server of the web. */
    public static final Setting<TimeValue> MEDIA_URL_TIMEOUT =
            Setting.timeSetting(
                    WebReader.TIMEOUT,
                    TimeValue.timeValueSeconds(30),
                    TimeValue.timeValueMillis(1),
                    Property.NodeScope);

    /** Size of a media file. What comes inline is bounded by http.max_content_length as well. */
    public static final Setting<ByteSizeValue> MEDIA_MAX_SIZE =
            Setting.byteSizeSetting(
                    "vidvec.media.max_size",
                    ByteSizeValue.ofGb(2),
                    ByteSizeValue.ONE,
                    ByteSizeValue.ofBytes(Long.MAX_VALUE),
                    Property.NodeScope);

    /** Length of a video. */
    public static final Setting<TimeValue> MEDIA_MAX_DURATION =
            Setting.positiveTimeSetting(
                    "vidvec.media.max_duration", TimeValue.timeValueHours(4), Property.NodeScope);

    /** Width x height of a frame. */
    public static final Setting<Long> MEDIA_MAX_PIXELS =
            Setting.longSetting(
                    "vidvec.media.max_pixels",
                    MediaLimits.DEFAULT.maxPixels(),
                    1,
                    Property.NodeScope);

    /** Codecs that are decoded, by FFmpeg's names; empty for all that its build knows. */
    public static final Setting<List<String>> MEDIA_ALLOWED_CODECS =
            Setting.listSetting(
                    "vidvec.media.allowed_codecs",
                    List.of(),
                    MediaLimits::codec,
                    Property.NodeScope);

    /** Frames kept from one file. */
    public static final Setting<Integer> MEDIA_MAX_FRAMES =
            Setting.intSetting(
                    "vidvec.media.max_frames",
                    MediaLimits.DEFAULT.maxFrames(),
                    1,
                    Property.NodeScope);

    /** Time that one decode may take. */
    public static final Setting<TimeValue> MEDIA_DECODE_TIMEOUT =
            Setting.positiveTimeSetting(
                    "vidvec.media.decode_timeout",
                    TimeValue.timeValueMinutes(2),
                    Property.NodeScope);

    /** Pages of a document. */
    public static final Setting<Integer> MEDIA_MAX_PAGES =
            Setting.intSetting(
                    "vidvec.media.max_pages",
                    MediaLimits.DEFAULT.maxPages(),
                    1,
                    Property.NodeScope);

    /** Dots per inch that pages are drawn at, as far as max_pixels allows. */
    public static final Setting<Integer> MEDIA_PAGE_DPI =
            Setting.intSetting(
                    "vidvec.media.page_dpi",
                    MediaLimits.DEFAULT.dpi(),
                    10,
                    2400,
                    Property.NodeScope);

    /** Memory for the pictures of one decode, or for what is packed in one page of a document. */
    public static final Setting<ByteSizeValue> MEDIA_MAX_MEMORY =
            Setting.byteSizeSetting(
                    "vidvec.media.max_memory",
                    ByteSizeValue.ofBytes(MediaLimits.DEFAULT.maxMemory()),
                    ByteSizeValue.ofMb(1),
                    ByteSizeValue.ofBytes(Long.MAX_VALUE),
                    Property.NodeScope);

    /** Which process decodes. */
    enum Decoder {
        /** The node's own. */
        IN_PROCESS,
        /** One that the admin starts, {@code vidvec-decoder}. */
        SIDECAR
    }

    /** Where media is decoded. */
    public static final Setting<Decoder> MEDIA_DECODER =
            new Setting<>(
                    "vidvec.media.decoder",
                    "in_process",
                    VidvecSettings::decoder,
                    Property.NodeScope);

    /** The Unix socket of the decoder beside the node. */
    public static final Setting<String> MEDIA_DECODER_SOCKET =
            Setting.simpleString("vidvec.media.decoder_socket", Property.NodeScope);

    /** Hits that a rescore may judge per shard. */
    public static final Setting<Integer> MAX_RESCORE_WINDOW =
            Setting.intSetting(
                    "vidvec.rescore.max_window_size", 100, 1, Property.NodeScope, Property.Dynamic);

    /** Windows of one video that are embedded; the host's own limit of nested objects is 10,000. */
    public static final Setting<Integer> MAX_MOMENTS =
            Setting.intSetting(
                    "vidvec.moments.max_per_document",
                    2000,
                    1,
                    10_000,
                    Property.NodeScope,
                    Property.Dynamic);

    /** Time of a document from which on it is told of in the log; less than 0 for never. */
    public static final Setting<TimeValue> SLOW_EMBED =
            Setting.timeSetting(
                    "vidvec.slowlog.threshold.embed.warn",
                    TimeValue.MINUS_ONE,
                    TimeValue.MINUS_ONE,
                    Property.NodeScope,
                    Property.Dynamic);

    private VidvecSettings() {}

    /** All of them, in the order of the documents. */
    static List<Setting<?>> all() {
        return List.of(
                INFERENCE_ENABLED,
                DEVICE,
                MODELS_PATH,
                MODEL_MEMORY,
                QUEUE_CAPACITY,
                BATCH_MAX_SIZE,
                BATCH_MAX_TOKENS,
                BATCH_MAX_WAIT,
                INFERENCE_THREADS,
                THREADS_PER_BATCH,
                FRAME_MEMORY,
                PREFIX_MEMORY,
                QUERY_CACHE,
                MEDIA_REPOSITORIES,
                MEDIA_ALLOWED_URLS,
                MEDIA_URL_TIMEOUT,
                MEDIA_MAX_SIZE,
                MEDIA_MAX_DURATION,
                MEDIA_MAX_PIXELS,
                MEDIA_ALLOWED_CODECS,
                MEDIA_MAX_FRAMES,
                MEDIA_DECODE_TIMEOUT,
                MEDIA_MAX_PAGES,
                MEDIA_PAGE_DPI,
                MEDIA_MAX_MEMORY,
                MEDIA_DECODER,
                MEDIA_DECODER_SOCKET,
                MAX_RESCORE_WINDOW,
                MAX_MOMENTS,
                SLOW_EMBED);
    }

    /**
     * What the inference service may spend.
     *
     * @param decodeThreads size of the decode pool
     */
    static InferenceConfig inferenceConfig(Settings settings, int decodeThreads) {
        return new InferenceConfig(
                QUEUE_CAPACITY.get(settings),
                new InferenceConfig.Batching(
                        BATCH_MAX_SIZE.get(settings),
                        BATCH_MAX_TOKENS.get(settings),
                        duration(BATCH_MAX_WAIT, settings)),
                new InferenceConfig.Memory(
                        weightBytes(settings),
                        FRAME_MEMORY.get(settings).getBytes(),
                        QUERY_CACHE.get(settings).getBytes()),
                new MediaLimits(
                        MEDIA_MAX_SIZE.get(settings).getBytes(),
                        duration(MEDIA_MAX_DURATION, settings),
                        MEDIA_MAX_PIXELS.get(settings),
                        MEDIA_MAX_FRAMES.get(settings),
                        duration(MEDIA_DECODE_TIMEOUT, settings),
                        MEDIA_MAX_PAGES.get(settings),
                        MEDIA_PAGE_DPI.get(settings),
                        MEDIA_MAX_MEMORY.get(settings).getBytes(),
                        MEDIA_ALLOWED_CODECS.get(settings)),
                decodeThreads,
                INFERENCE_THREADS.get(settings));
    }

    /** Reads the files of the web that are allowed. */
    static WebReader webReader(Settings settings) {
        return new WebReader(
                MEDIA_ALLOWED_URLS.get(settings), duration(MEDIA_URL_TIMEOUT, settings));
    }

    private static long weightBytes(Settings settings) {
        long prefixes = PREFIX_MEMORY.get(settings).getBytes();
        long all = MODEL_MEMORY.get(settings).getBytes();
        if (prefixes >= all) {
            throw new IllegalArgumentException(
                    "[vidvec.inference.prefix_memory] is ["
                            + prefixes
                            + "] bytes, but all of [vidvec.models.memory] is ["
                            + all
                            + "]; lower the first or raise the second");
        }
        return all - prefixes;
    }

    private static Duration duration(Setting<TimeValue> setting, Settings settings) {
        return Duration.ofMillis(setting.get(settings).millis());
    }

    private static Decoder decoder(String value) {
        return switch (value) {
            case "in_process" -> Decoder.IN_PROCESS;
            case "sidecar" -> Decoder.SIDECAR;
            default ->
                    throw new IllegalArgumentException(
                            "[vidvec.media.decoder] is ["
                                    + value
                                    + "]; it must be one of [in_process, sidecar]");
        };
    }

    /**
     * What decodes media.
     *
     * @throws IllegalArgumentException if a sidecar has no socket
     */
    static MediaBackend mediaBackend(Settings settings, NativeLibraries natives) {
        if (MEDIA_DECODER.get(settings) == Decoder.IN_PROCESS) {
            return new MediaReader(natives);
        }
        String socket = MEDIA_DECODER_SOCKET.get(settings);
        if (socket.isEmpty()) {
            throw new IllegalArgumentException(
                    "[vidvec.media.decoder] is [sidecar], but [vidvec.media.decoder_socket] is not"
                            + " set; set it to the path that [vidvec-decoder --socket PATH] listens"
                            + " at");
        }
        return new SidecarBackend(PathUtils.get(socket));
    }

    /** Packs frames for documents; unpacks them where media are decoded. */
    static FrameStrip frameStrip(Settings settings, NativeLibraries natives, MediaBackend backend) {
        return MEDIA_DECODER.get(settings) == Decoder.IN_PROCESS
                ? new FrameStrip(natives)
                : new FrameStrip(natives, backend);
    }

    private static void checkDevice(String device) {
        if (DEVICE_NAME.matcher(device).matches() == false) {
            throw new IllegalArgumentException(
                    "[vidvec.device] is ["
                            + device
                            + "]; it must be one of [auto, cpu, cuda:0, cuda:1, ...]");
        }
    }

    private static ByteSizeValue halfOfMemoryBesideHeap() {
        long physical = OsProbe.getInstance().getTotalPhysicalMemorySize();
        long heap = JvmInfo.jvmInfo().getMem().getHeapMax().getBytes();
        return ByteSizeValue.ofBytes(Math.max(1L << 30, (physical - heap) / 2));
    }
}

package org.vidvec;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.inference.InferenceConfig;
import org.vidvec.media.MediaFiles;
import org.vidvec.media.MediaLimits;
import org.vidvec.media.MediaReader;
import org.vidvec.sidecar.SidecarBackend;

public class VidvecSettingsTests extends ESTestCase {

    public void testDefaultsAreThoseOfTheLayersBelow() {
        InferenceConfig config = VidvecSettings.inferenceConfig(Settings.EMPTY, 3);
        assertEquals(MediaLimits.DEFAULT, config.mediaLimits());
        assertEquals(InferenceConfig.DEFAULT.batching(), config.batching());
        assertEquals(InferenceConfig.DEFAULT.queueCapacity(), config.queueCapacity());
        assertEquals(3, config.decodeThreads());
        assertTrue(config.memory().modelBytes() >= 1L << 30);
    }

    public void testEachSettingArrives() {
        Settings settings =
                Settings.builder()
                        .put("vidvec.inference.queue_capacity", 7)
                        .put("vidvec.inference.batch.max_size", 3)
                        .put("vidvec.inference.batch.max_tokens", 999)
                        .put("vidvec.inference.batch.max_wait", "9ms")
                        .put("vidvec.inference.threads", 2)
                        .put("vidvec.models.memory", "3gb")
                        .put("vidvec.inference.frame_memory", "6mb")
                        .put("vidvec.inference.prefix_memory", "1gb")
                        .put("vidvec.cache.query.size", "0b")
                        .put("vidvec.media.max_size", "4mb")
                        .put("vidvec.media.max_duration", "5m")
                        .put("vidvec.media.max_pixels", 640 * 480)
                        .put("vidvec.media.max_frames", 12)
                        .put("vidvec.media.decode_timeout", "8s")
                        .putList("vidvec.media.allowed_codecs", "h264", "png")
                        .build();
        assertEquals(
                new InferenceConfig(
                        7,
                        new InferenceConfig.Batching(3, 999, Duration.ofMillis(9)),
                        new InferenceConfig.Memory(2L << 30, 6L << 20, 0),
                        new MediaLimits(
                                4L << 20,
                                Duration.ofMinutes(5),
                                640 * 480,
                                12,
                                Duration.ofSeconds(8),
                                1000,
                                300,
                                256L << 20,
                                List.of("h264", "png")),
                        1,
                        2),
                VidvecSettings.inferenceConfig(settings, 1));
    }

    public void testDecoder() {
        Settings.Builder settings = Settings.builder().put("vidvec.media.decoder", "sidecar");
        IllegalArgumentException noSocket =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> VidvecSettings.mediaBackend(settings.build(), null));
        assertEquals(
                "[vidvec.media.decoder] is [sidecar], but [vidvec.media.decoder_socket] is not set;"
                        + " set it to the path that [vidvec-decoder --socket PATH] listens at",
                noSocket.getMessage());
        settings.put("vidvec.media.decoder_socket", "/run/decoder.sock");
        assertEquals(
                SidecarBackend.class,
                VidvecSettings.mediaBackend(settings.build(), null).getClass());
        assertEquals(
                MediaReader.class,
                VidvecSettings.mediaBackend(Settings.EMPTY, MediaFiles.natives()).getClass());
        IllegalArgumentException wrong =
                expectThrows(
                        IllegalArgumentException.class,
                        () ->
                                VidvecSettings.mediaBackend(
                                        settings.put("vidvec.media.decoder", "remote").build(),
                                        null));
        assertTrue(wrong.toString(), wrong.getMessage().contains("[in_process, sidecar]"));
    }

    public void testPrefixesAreAPartOfTheMemoryOfModels() {
        Settings settings = Settings.builder().put("vidvec.models.memory", "1000b").build();
        assertEquals(100, VidvecSettings.PREFIX_MEMORY.get(settings).getBytes());
        assertEquals(900, VidvecSettings.inferenceConfig(settings, 1).memory().modelBytes());
        Settings all =
                Settings.builder()
                        .put(settings)
                        .put("vidvec.inference.prefix_memory", "1000b")
                        .build();
        Exception e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> VidvecSettings.inferenceConfig(all, 1));
        assertEquals(
                "[vidvec.inference.prefix_memory] is [1000] bytes, but all of"
                        + " [vidvec.models.memory] is [1000]; lower the first or raise the second",
                e.getMessage());
    }

    public void testInferenceIsOnOffOrWhereItCanBe() {
        for (String value : new String[] {"true", "false", "auto"}) {
            Settings settings = Settings.builder().put("vidvec.inference.enabled", value).build();
            assertEquals(value, VidvecSettings.INFERENCE_ENABLED.get(settings));
        }
        Settings wrong = Settings.builder().put("vidvec.inference.enabled", "yes").build();
        Exception e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> VidvecSettings.INFERENCE_ENABLED.get(wrong));
        assertEquals(
                "[vidvec.inference.enabled] is [yes]; it must be one of [true, false, auto]",
                e.getMessage());
    }

    public void testCodecsHaveNames() {
        Settings wrong =
                Settings.builder().putList("vidvec.media.allowed_codecs", "h264", "H.265").build();
        Exception e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> VidvecSettings.MEDIA_ALLOWED_CODECS.get(wrong));
        assertTrue(
                e.getMessage(),
                e.getMessage()
                        .contains(
                                "[H.265] in [vidvec.media.allowed_codecs] is no name of a codec"));
    }

    public void testTimeForTheWeb() {
        Settings none = Settings.builder().put("vidvec.media.url_timeout", "0s").build();
        Exception e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> VidvecSettings.MEDIA_URL_TIMEOUT.get(none));
        assertTrue(e.getMessage(), e.getMessage().contains("must be >= [1ms]"));
    }

    public void testDevice() {
        for (String device : new String[] {"auto", "cpu", "cuda:0", "cuda:12"}) {
            assertEquals(device, VidvecSettings.DEVICE.get(device(device)));
        }
        Exception e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> VidvecSettings.DEVICE.get(device("gpu")));
        assertEquals(
                "[vidvec.device] is [gpu]; it must be one of [auto, cpu, cuda:0, cuda:1, ...]",
                e.getMessage());
    }

    public void testAllAreRegisteredAndOnlyLimitsOfRequestsBatchesAndLogsAreDynamic() {
        Set<Setting<?>> dynamic =
                Set.of(
                        VidvecSettings.BATCH_MAX_SIZE,
                        VidvecSettings.BATCH_MAX_WAIT,
                        VidvecSettings.MAX_RESCORE_WINDOW,
                        VidvecSettings.MAX_MOMENTS,
                        VidvecSettings.SLOW_EMBED);
        ClusterSettings registry =
                new ClusterSettings(Settings.EMPTY, new HashSet<>(VidvecSettings.all()));
        VidvecSettings.all()
                .forEach(
                        setting -> {
                            assertTrue(setting.getKey().startsWith("vidvec."));
                            assertSame(setting, registry.get(setting.getKey()));
                            assertEquals(dynamic.contains(setting), setting.isDynamic());
                        });
    }

    private static Settings device(String device) {
        return Settings.builder().put("vidvec.device", device).build();
    }
}

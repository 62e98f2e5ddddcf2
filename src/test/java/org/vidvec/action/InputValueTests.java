package org.vidvec.action;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.action.InputSpec.Format;
import org.vidvec.action.InputSpec.Type;

public class InputValueTests extends ESTestCase {

    private final byte[] bytes = randomByteArrayOfLength(between(1, 100));
    private final String base64 = Base64.getEncoder().encodeToString(bytes);
    private final InputSpec inline =
            new InputSpec.Inline("clip", Type.VIDEO, new BytesArray(bytes));

    public void testBase64() {
        assertEquals(inline, InputValue.read("clip", Type.VIDEO, null, base64));
        assertEquals(inline, InputValue.read("clip", Type.VIDEO, Format.BASE64, base64));
    }

    public void testDataUrl() {
        String url = "data:video/mp4;base64," + base64;
        assertEquals(inline, InputValue.read("clip", Type.VIDEO, null, url));
        assertEquals(inline, InputValue.read("clip", Type.VIDEO, Format.BASE64, url));
        assertEquals(inline, InputValue.read("clip", Type.VIDEO, Format.URL, url));
        String withParameters = "data:video/mp4;codecs=avc1;base64," + base64;
        assertEquals(inline, InputValue.read("clip", Type.VIDEO, null, withParameters));
        String unknown = "data:application/octet-stream;base64," + base64;
        assertEquals(inline, InputValue.read("clip", Type.VIDEO, null, unknown));
        String animation = "data:image/gif;base64," + base64;
        assertEquals(inline, InputValue.read("clip", Type.VIDEO, null, animation));
    }

    public void testLink() {
        InputSpec link = new InputSpec.Link(Type.IMAGE, new RepositoryUri("clips", "a.png"));
        assertEquals(link, InputValue.read("clip", Type.IMAGE, null, "repository://clips/a.png"));
        assertEquals(
                link, InputValue.read("clip", Type.IMAGE, Format.URL, "repository://clips/a.png"));
    }

    public void testText() {
        assertEquals(
                new InputSpec.Text("http://is.not/read"),
                InputValue.read("title", Type.TEXT, null, "http://is.not/read"));
        String url =
                "data:text/plain;base64,"
                        + Base64.getEncoder()
                                .encodeToString("žába".getBytes(StandardCharsets.UTF_8));
        assertEquals(new InputSpec.Text("žába"), InputValue.read("title", Type.TEXT, null, url));
        assertEquals(
                "as it stands",
                new InputSpec.Text(url),
                InputValue.read("title", Type.TEXT, Format.TEXT, url));
    }

    public void testTypeOf() {
        assertEquals(Type.VIDEO, InputValue.typeOf("clip", "data:video/webm;base64,AA=="));
        assertEquals(Type.IMAGE, InputValue.typeOf("clip", "data:image/png;base64,AA=="));
        assertEquals(Type.TEXT, InputValue.typeOf("clip", "data:text/plain;base64,AA=="));
        assertEquals(Type.PDF, InputValue.typeOf("clip", "data:application/pdf;base64,AA=="));
        assertNull(InputValue.typeOf("clip", base64));
        Exception e =
                expectThrows(
                        IllegalArgumentException.class,
                        () -> InputValue.typeOf("clip", "data:application/zip;base64,AA=="));
        assertEquals(
                "[clip] is a data URL of [application/zip]; it must be of [text/*], [image/*],"
                        + " [video/*] or [application/pdf]",
                e.getMessage());
    }

    public void testNotBase64() {
        Exception e = refuse(Type.VIDEO, null, "clips/42.mp4");
        assertEquals(
                "[clip] is not base64 (Illegal base64 character 2e); it must be base64, a data URL"
                        + " [data:video/mp4;base64,...], [repository://<repository>/<path>] or an"
                        + " allowed [https://<host>/<path>]",
                e.getMessage());
        refuse(Type.VIDEO, Format.BASE64, "žába");
    }

    public void testDataUrlWithoutBase64() {
        assertEquals(
                "[clip] is a data URL without base64; it must have the form"
                        + " [data:<mime>;base64,<data>]",
                refuse(Type.VIDEO, null, "data:video/mp4,abc").getMessage());
        refuse(Type.VIDEO, null, "data:no comma at all");
    }

    public void testMimeThatDoesNotFit() {
        assertEquals(
                "[clip] has [type] [video] but is a data URL of [image/png]; make them agree",
                refuse(Type.VIDEO, null, "data:image/png;base64,AA==").getMessage());
    }

    public void testFormatThatDoesNotFit() {
        assertEquals(
                "[clip] of [type] [video] can't have [format] [text]; it must be one of [base64,"
                        + " url]",
                refuse(Type.VIDEO, Format.TEXT, base64).getMessage());
        assertEquals(
                "[clip] of [type] [text] can't have [format] [url]; it must be [text]",
                refuse(Type.TEXT, Format.URL, "repository://clips/a.txt").getMessage());
    }

    public void testEmpty() {
        assertEquals(
                "[clip] is empty; give a text, or a file as base64, data URL or URI",
                refuse(randomFrom(Type.values()), null, "").getMessage());
    }

    public void testWords() {
        assertEquals(
                "unknown [type] [doc]; it must be one of [text, image, video, pdf]",
                expectThrows(IllegalArgumentException.class, () -> Type.fromString("doc"))
                        .getMessage());
        assertEquals(
                "unknown [format] [hex]; it must be one of [text, base64, url]",
                expectThrows(IllegalArgumentException.class, () -> Format.fromString("hex"))
                        .getMessage());
    }

    private static Exception refuse(Type type, Format format, String value) {
        return expectThrows(
                IllegalArgumentException.class, () -> InputValue.read("clip", type, format, value));
    }
}

package org.vidvec.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_JPEG2000;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.color.PDColorSpace;
import org.apache.pdfbox.pdmodel.graphics.color.PDIndexed;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.vidvec.natives.NativeLibraries;

/** Decodes pictures in JPEG 2000 with FFmpeg, as PDFBox has no decoder for them. */
final class PdfJpeg2000 {

    // in FFmpeg's memory and as RGB, with some room
    private static final int BYTES_PER_PIXEL = 8;
    private static final int RGB_COMPONENTS = 3;

    private final PDDocument document;
    private final NativeLibraries natives;
    private final PdfBudget budget;

    PdfJpeg2000(PDDocument document, NativeLibraries natives, PdfBudget budget) {
        this.document = document;
        this.natives = natives;
        this.budget = budget;
    }

    /**
     * The picture in a form that PDFBox reads, with the same mask.
     *
     * @return null if it is damaged, too large, or in colours that its own file does not tell
     */
    PDImageXObject readable(PDImageXObject stored) throws IOException {
        if (hasOwnColours(stored) == false) {
            return null;
        }
        BufferedImage picture = decode(packed(stored));
        if (picture == null) {
            return null;
        }
        PDImageXObject readable = LosslessFactory.createFromImage(document, picture);
        for (COSName mask : List.of(COSName.SMASK, COSName.MASK)) {
            readable.getCOSObject().setItem(mask, stored.getCOSObject().getItem(mask));
        }
        return readable;
    }

    /** Grey and RGB mean the same within the picture's file; CMYK and palettes do not. */
    private static boolean hasOwnColours(PDImageXObject stored) throws IOException {
        COSBase named = stored.getCOSObject().getDictionaryObject(COSName.COLORSPACE);
        if (named == null) {
            return true;
        }
        PDColorSpace space = PDColorSpace.create(named);
        return space.getNumberOfComponents() <= RGB_COMPONENTS
                && space instanceof PDIndexed == false;
    }

    private byte[] packed(PDImageXObject stored) throws IOException {
        try (InputStream in =
                stored.getStream().createInputStream(List.of(COSName.JPX_DECODE.getName()))) {
            byte[] packed = in.readAllBytes();
            budget.spend(packed.length);
            return packed;
        }
    }

    private BufferedImage decode(byte[] packed) throws IOException {
        try {
            FfmpegLibraries.load(natives);
            long mostPixels = budget.left() / BYTES_PER_PIXEL;
            try (PictureDecoder decoder = new PictureDecoder(AV_CODEC_ID_JPEG2000, mostPixels)) {
                AVFrame decoded = decoder.decode(packed);
                if (decoded == null) {
                    return null;
                }
                budget.spend((long) BYTES_PER_PIXEL * decoded.width() * decoded.height());
                try (RgbConverter converter =
                        new RgbConverter(
                                budget.name(), Long.MAX_VALUE, RgbConverter.Rounding.STILL)) {
                    return image(converter.convert(decoded, 0, 0));
                }
            }
        } catch (MediaException e) {
            throw new IOException(e);
        }
    }

    private static BufferedImage image(Frame frame) {
        BufferedImage image =
                new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = frame.rgb();
        int[] line = new int[frame.width()];
        for (int y = 0, at = 0; y < frame.height(); y++) {
            for (int x = 0; x < line.length; x++, at += 3) {
                line[x] = (rgb[at] & 255) << 16 | (rgb[at + 1] & 255) << 8 | rgb[at + 2] & 255;
            }
            image.setRGB(0, y, line.length, 1, line, 0, line.length);
        }
        return image;
    }
}

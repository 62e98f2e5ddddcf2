package org.vidvec.media;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.util.Map;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.filter.DecodeResult;
import org.apache.pdfbox.filter.Filter;
import org.apache.pdfbox.filter.FilterFactory;

/**
 * One of PDFBox's stream decoders, held to a {@link PdfBudget}: PDFBox unpacks each stream whole
 * into the heap, so that a file of 4 MB could take 4 GB of it.
 */
final class PdfFilter extends Filter {

    private static final int CHUNK = 8192;

    private final Filter filter;
    private final boolean jpeg;

    private PdfFilter(Filter filter, boolean jpeg) {
        this.filter = filter;
        this.jpeg = jpeg;
    }

    /**
     * Puts itself around all of PDFBox's decoders. PDFBox has no door for that; with another
     * version whose field is named otherwise, PDFs are refused rather than read without a limit.
     *
     * @throws ReflectiveOperationException if PDFBox is not as expected
     */
    static void wrapAll() throws ReflectiveOperationException {
        Field field = FilterFactory.class.getDeclaredField("filters");
        field.setAccessible(true);
        @SuppressWarnings("unchecked")
        Map<COSName, Filter> filters = (Map<COSName, Filter>) field.get(FilterFactory.INSTANCE);
        filters.replaceAll((name, filter) -> wrapped(name, filter));
    }

    private static Filter wrapped(COSName name, Filter filter) {
        boolean jpeg =
                name.equals(COSName.DCT_DECODE) || name.equals(COSName.DCT_DECODE_ABBREVIATION);
        return filter instanceof PdfFilter ? filter : new PdfFilter(filter, jpeg);
    }

    @Override
    public DecodeResult decode(
            InputStream encoded, OutputStream decoded, COSDictionary parameters, int index)
            throws IOException {
        return decode(encoded, decoded, parameters, index, DecodeOptions.DEFAULT);
    }

    @Override
    public DecodeResult decode(
            InputStream encoded,
            OutputStream decoded,
            COSDictionary parameters,
            int index,
            DecodeOptions options)
            throws IOException {
        PdfBudget budget = PdfBudget.current();
        InputStream in = jpeg ? checkedJpeg(encoded, budget) : encoded;
        spendFax(parameters, index, budget);
        return filter.decode(in, counting(decoded, budget), parameters, index, options);
    }

    /** A JPEG is unpacked at the size that its own header states. */
    private static InputStream checkedJpeg(InputStream encoded, PdfBudget budget)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        encoded.transferTo(counting(bytes, budget));
        byte[] jpeg = bytes.toByteArray();
        try {
            StoredSize size = StoredSize.of(new BytesSource("JPEG", jpeg));
            budget.spend(4 * size.width() * size.height());
        } catch (MediaException e) {
            throw new IOException(e);
        }
        return new ByteArrayInputStream(jpeg);
    }

    /** CCITT fax is unpacked at the size that its parameters state (ISO 32000-1, table 11). */
    private void spendFax(COSDictionary parameters, int index, PdfBudget budget)
            throws IOException {
        COSDictionary fax = getDecodeParams(parameters, index);
        if (fax != null) {
            long rows = Math.max(fax.getInt(COSName.ROWS), parameters.getInt(COSName.HEIGHT));
            budget.spend(Math.max(0, rows) * Math.max(0, fax.getInt(COSName.COLUMNS)) / 8);
        }
    }

    private static OutputStream counting(OutputStream out, PdfBudget budget) {
        return new OutputStream() {
            private int single;

            @Override
            public void write(int b) throws IOException {
                if (single++ % CHUNK == 0) {
                    budget.spend(CHUNK);
                }
                out.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                budget.spend(length);
                out.write(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }

    @Override
    protected void encode(InputStream input, OutputStream encoded, COSDictionary parameters)
            throws IOException {
        filter.encode(input, encoded, parameters, 0);
    }
}

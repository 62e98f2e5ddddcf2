package org.vidvec.media;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * Pictures in a PDF that PDFBox has no decoder for: they are left out of their page, and the log
 * says so.
 */
final class PdfUnread {

    private static final Logger LOG = System.getLogger(PdfUnread.class.getName());

    private PdfUnread() {}

    /** What the picture is stored as, or null if it can be read. */
    static String form(PDImage image) {
        if (image instanceof PDImageXObject stored) {
            List<COSName> filters = stored.getStream().getFilters();
            if (filters.contains(COSName.JPX_DECODE)) {
                return "JPEG 2000";
            }
            if (filters.contains(COSName.JBIG2_DECODE)) {
                return "JBIG2";
            }
        }
        return null;
    }

    /**
     * Says that a picture is missing from its page.
     *
     * @param form see {@link #form}
     */
    static void leaveOut(String form, PdfBudget budget) {
        LOG.log(
                Level.WARNING,
                "[{0}] holds a picture in {1}, which is not read in PDFs; it is left out",
                budget.name(),
                form);
    }
}

package org.vidvec.world;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A drawing as a PDF of one page: filled rectangles, no fonts, no images (PDF 1.4). */
final class Pdf {

    /** A4 in points. */
    private static final int WIDTH = 595;

    private static final int HEIGHT = 842;
    private static final double SCALE = WIDTH / Drawing.SIDE;

    private Pdf() {}

    static byte[] encode(Drawing drawing) {
        String content = content(drawing);
        List<String> objects =
                List.of(
                        "<< /Type /Catalog /Pages 2 0 R >>",
                        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 "
                                + WIDTH
                                + " "
                                + HEIGHT
                                + "] /Resources << >> /Contents 4 0 R >>",
                        "<< /Length " + content.length() + " >>\nstream\n" + content + "endstream");
        StringBuilder file = new StringBuilder("%PDF-1.4\n");
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            offsets.add(file.length());
            file.append(i + 1).append(" 0 obj\n").append(objects.get(i)).append("\nendobj\n");
        }
        int table = file.length();
        file.append("xref\n0 ").append(objects.size() + 1).append("\n0000000000 65535 f \n");
        offsets.forEach(at -> file.append(String.format(Locale.ROOT, "%010d 00000 n \n", at)));
        file.append("trailer\n<< /Size ")
                .append(objects.size() + 1)
                .append(" /Root 1 0 R >>\nstartxref\n")
                .append(table)
                .append("\n%%EOF\n");
        return file.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String content(Drawing drawing) {
        StringBuilder content = new StringBuilder();
        rectangle(content, drawing.paper(), 0, 0, WIDTH, HEIGHT);
        double top = (HEIGHT - WIDTH) / 2.0;
        for (Drawing.Box box : drawing.boxes()) {
            double height = box.height() * SCALE;
            // a PDF counts from the bottom
            double y = HEIGHT - top - box.top() * SCALE - height;
            rectangle(content, box.rgb(), box.left() * SCALE, y, box.width() * SCALE, height);
        }
        return content.toString();
    }

    private static void rectangle(
            StringBuilder content, int rgb, double x, double y, double width, double height) {
        content.append(
                String.format(
                        Locale.ROOT,
                        "%.4f %.4f %.4f rg %.2f %.2f %.2f %.2f re f\n",
                        (rgb >> 16 & 255) / 255.0,
                        (rgb >> 8 & 255) / 255.0,
                        (rgb & 255) / 255.0,
                        x,
                        y,
                        width,
                        height));
    }
}

package org.vidvec.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Which addresses are for everybody: all but those of RFC 6890 and its successors. */
final class PublicAddress {

    private static final List<Range> OTHERS =
            List.of(
                    Range.of("0.0.0.0/8"),
                    Range.of("10.0.0.0/8"),
                    Range.of("100.64.0.0/10"),
                    Range.of("127.0.0.0/8"),
                    Range.of("169.254.0.0/16"),
                    Range.of("172.16.0.0/12"),
                    Range.of("192.0.0.0/24"),
                    Range.of("192.0.2.0/24"),
                    Range.of("192.88.99.0/24"),
                    Range.of("192.168.0.0/16"),
                    Range.of("198.18.0.0/15"),
                    Range.of("198.51.100.0/24"),
                    Range.of("203.0.113.0/24"),
                    Range.of("224.0.0.0/4"),
                    Range.of("240.0.0.0/4"),
                    // of IPv6 within 2000::/3, where all public ones are
                    Range.of("2001::/23"),
                    Range.of("2001:db8::/32"),
                    Range.of("2002::/16"),
                    Range.of("3fff::/20"));

    private static final Range GLOBAL_IPV6 = Range.of("2000::/3");

    // an address of IPv4 in its last four bytes
    private static final Range NAT64 = Range.of("64:ff9b::/96");

    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

    private PublicAddress() {}

    /**
     * Addresses that begin alike.
     *
     * @param bits how many of the first bits are the same
     */
    private record Range(byte[] start, int bits) {

        static Range of(String text) {
            int slash = text.indexOf('/');
            try {
                // a literal: nobody is asked
                byte[] start = InetAddress.getByName(text.substring(0, slash)).getAddress();
                return new Range(start, Integer.parseInt(text.substring(slash + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalStateException(text, e);
            }
        }

        boolean holds(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if (((address[bit >> 3] ^ start[bit >> 3]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    static boolean is(InetAddress address) {
        return is(address.getAddress());
    }

    private static boolean is(byte[] address) {
        if (NAT64.holds(address)) {
            return is(Arrays.copyOfRange(address, address.length - 4, address.length));
        }
        boolean global = address.length == 4 || GLOBAL_IPV6.holds(address);
        return global && OTHERS.stream().noneMatch(range -> range.holds(address));
    }

    /** Whether a host is written as an address, and that is not public; asks nobody. */
    static boolean isOtherLiteral(String host) {
        if (host.startsWith("[") == false && IPV4.matcher(host).matches() == false) {
            return host.equals("localhost");
        }
        try {
            return is(InetAddress.getByName(host)) == false;
        } catch (UnknownHostException | IllegalArgumentException e) {
            // not as addresses are written
            return true;
        }
    }
}

package gyre.examples;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import gyre.fuzz.Check;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses as people write them: refused with a message, or the same when they are printed and read again. */
public final class AddressFuzz {
    private AddressFuzz() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws UnknownHostException {
        byte[] host = data.consumeBytes(data.consumeBoolean() ? 4 : 16);
        int port = data.consumeInt(0, 0xFFFF);
        if (host.length == 4 || host.length == 16) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(host), port);
            String text = Address.text(address);
            Check.equal(address, Address.parse(text), text);
        }
        String text = data.consumeRemainingAsString();
        try {
            Address.unix(text);
            if (text.matches("[0-9.:]*|\\[[^%]*].*")) { // a name would be looked up
                Check.holds(Address.parse(text).getPort() >= 0, text);
            }
        } catch (UsageException refused) {
            Check.holds(
                    refused.getMessage() != null && refused.getMessage().contains(text),
                    "it does not say what: " + refused);
        }
    }
}

package gyre.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EchoUdpTest {
    @ParameterizedTest
    @MethodSource("gyre.examples.Program#backends")
    void answersEachClientDatagramByDatagram(String backend) throws Exception {
        try (Program.Server echo = Program.serve(EchoUdp.class, "127.0.0.1:0", "--backend", backend);
                DatagramSocket one = client();
                DatagramSocket two = client()) {
            send(one, "one".getBytes(US_ASCII), echo);
            send(two, "two".getBytes(US_ASCII), echo);
            assertEquals("two", new String(receive(two), US_ASCII));
            assertEquals("one", new String(receive(one), US_ASCII));
            for (int size : new int[] {0, 1, 1_024, 1_025, 60_000, 0}) {
                byte[] sent = new byte[size];
                Arrays.fill(sent, (byte) size);
                send(one, sent, echo);
                assertArrayEquals(sent, receive(one));
            }
        }
    }

    private static DatagramSocket client() throws Exception {
        DatagramSocket socket = new DatagramSocket();
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Not connected: a connected socket of the JDK sends no datagram of 0 bytes. */
    private static void send(DatagramSocket from, byte[] bytes, Program.Server to) throws Exception {
        from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), to.port()));
    }

    private static byte[] receive(DatagramSocket from) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[70_000], 70_000);
        from.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }
}

package gyre.sys;

import java.time.Duration;

/**
 * What Linux knows of a TCP connection at one moment: the numbers of {@code ss -i}, read by
 * {@link NativeSocketOptions#TCP_INFO}. Sizes are in bytes. A number that the kernel is too old to tell is −1, such a
 * duration zero; what begins with {@code pacingRate} came with Linux 3.15 to 5.4.
 *
 * @param state where the connection is in its life
 * @param congestion what its sender thinks of the path
 * @param retransmits how often what is unacknowledged now was sent again because a timeout ran out
 * @param unacked segments sent and not acknowledged yet
 * @param lost those of them that are thought to be lost
 * @param totalRetransmits segments that were ever sent again
 * @param retransmitTimeout after which what is unacknowledged is sent again
 * @param rtt round-trip time, smoothed; zero as long as nothing was measured
 * @param rttVariance how far round trips stray from it
 * @param minRtt the shortest round trip of the last minutes; zero as long as nothing was measured
 * @param sinceSent since data was last sent, in whole milliseconds; of no meaning before that
 * @param sinceReceived since data was last received, likewise
 * @param sendSegment the most that a segment carries that is sent
 * @param receiveSegment the most that a segment has carried that was received, as estimated
 * @param pathMtu the largest packet that the path carries
 * @param congestionWindow segments that may be unacknowledged at a time
 * @param slowStartThreshold the window below which it grows fast; 2³¹ − 1 as long as there is none
 * @param receiveSpace what the buffer for receiving is made to hold
 * @param pacingRate bytes a second at which it sends at most; −1 if there is no such limit
 * @param deliveryRate bytes a second that have lately reached the peer
 * @param bytesAcked sent and acknowledged, counting from the connect on
 * @param bytesReceived received, whether they were read or not
 * @param bytesSent sent, those that were sent again included
 * @param bytesRetransmitted sent again
 * @param notSent written to the socket and never sent yet
 * @param peerWindow what the peer has room for, as it has last said
 * @param busyTime how long there was something unacknowledged
 * @param peerLimited how much of it the peer had no room
 * @param bufferLimited how much of it the buffer for sending was too small
 */
public record TcpInfo(
        State state,
        Congestion congestion,
        int retransmits,
        int unacked,
        int lost,
        int totalRetransmits,
        Duration retransmitTimeout,
        Duration rtt,
        Duration rttVariance,
        Duration minRtt,
        Duration sinceSent,
        Duration sinceReceived,
        int sendSegment,
        int receiveSegment,
        int pathMtu,
        int congestionWindow,
        int slowStartThreshold,
        int receiveSpace,
        long pacingRate,
        long deliveryRate,
        long bytesAcked,
        long bytesReceived,
        long bytesSent,
        long bytesRetransmitted,
        long notSent,
        long peerWindow,
        Duration busyTime,
        Duration peerLimited,
        Duration bufferLimited) {
    /** The states of RFC 9293, in Linux's order, and two of Linux's own. */
    public enum State {
        /** A number that is not known here. */
        UNKNOWN,
        /** Open in both directions. */
        ESTABLISHED,
        /** Connecting. */
        SYN_SENT,
        /** Being connected to. */
        SYN_RECEIVED,
        /** This side has ended, which is not acknowledged yet. */
        FIN_WAIT_1,
        /** This side has ended, the other has not. */
        FIN_WAIT_2,
        /** Both have ended, it is kept for stray packets. */
        TIME_WAIT,
        /** No connection. */
        CLOSED,
        /** The peer has ended, this side has not. */
        CLOSE_WAIT,
        /** Both have ended, of which this side's is not acknowledged yet. */
        LAST_ACK,
        /** Waiting for connections. */
        LISTEN,
        /** Both have ended at once. */
        CLOSING,
        /** Being connected to, on its way from the listener. */
        NEW_SYN_RECEIVED
    }

    /** What the sender makes of the acknowledgements. */
    public enum Congestion {
        /** Nothing bad. */
        OPEN,
        /** Some came out of order: lost or only late. */
        DISORDER,
        /** The path or this host has said that it is full: it sends less. */
        REDUCED,
        /** Segments were lost, they are being sent again. */
        RECOVERY,
        /** A timeout ran out: it begins anew. */
        LOSS,
        /** A number that is not known here. */
        UNKNOWN
    }
}

package gyre.channel;

import gyre.future.Task;

/** The calls of a sender, with its exceptions as answers: an actor may throw none. */
final class Ends {
    private Ends() {}

    /** Whether the item was accepted. */
    static boolean send(Sender<Integer> sender, int item) {
        try {
            return sender.trySend(item);
        } catch (ReceiverClosedException e) {
            return false;
        }
    }

    /** Whether the sender need not wait, since there is room, or since it or the receiver was closed. */
    static boolean isReady(Sender<Integer> sender, Task task) {
        try {
            return !sender.pollReady(task).isPending();
        } catch (ReceiverClosedException | IllegalStateException e) {
            return true;
        }
    }
}

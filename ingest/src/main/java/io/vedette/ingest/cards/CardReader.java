package io.vedette.ingest.cards;

/** Reads the cards of this node. Used by one thread, which it may block. */
public interface CardReader extends AutoCloseable {
    /** How cards are read, in a word or two for users: {@code NVML}. */
    String name();

    /** Reads all cards. A card that cannot be read does not keep others from being read. */
    NodeReading read() throws CardFailure;

    @Override
    void close();

    /** Opens readers. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens one in the thread that will use it.
         *
         * @param progress is told of each call that may not come back
         */
        CardReader open(Progress progress) throws CardFailure;
    }
}

package io.vedette.kafka;

/** Kafka could not be reached or refused what was asked. The message is written for the user: what, where, what to do. */
public final class KafkaAccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KafkaAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}

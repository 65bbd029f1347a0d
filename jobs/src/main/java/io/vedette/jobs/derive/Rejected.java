package io.vedette.jobs.derive;

/**
 * A record that cannot be used, as it came.
 *
 * @param key the record's key; empty where it had none
 * @param reason in a word ({@code malformed}, {@code wrong-key}, …), for the header and the counter
 */
public record Rejected(String key, byte[] value, String reason) {}

package io.vedette.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says; it goes before the file.
 *
 * @param targets besides those of the file
 * @param webhooks besides the file's channels
 */
public record Flags(Optional<Path> file, List<String> targets, List<String> webhooks, Optional<Path> data) {
    /** None. */
    public static final Flags NONE = new Flags(Optional.empty(), List.of(), List.of(), Optional.empty());

    public Flags {
        targets = List.copyOf(targets);
        webhooks = List.copyOf(webhooks);
    }
}

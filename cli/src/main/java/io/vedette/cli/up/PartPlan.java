package io.vedette.cli.up;

import io.vedette.cli.config.PartConfiguration;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** One part of Vedette by itself, at a Kafka that it shares with the others. */
public record PartPlan(PartConfiguration configuration) implements ServicePlan {
    @Override
    public Optional<Path> folder() {
        return configuration.data();
    }

    @Override
    public Service start(Optional<DataFolder> data, ServiceListener listener) {
        return PartService.start(configuration, data, InstantSource.system(), listener);
    }
}

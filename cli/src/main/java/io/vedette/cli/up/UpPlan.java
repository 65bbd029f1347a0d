package io.vedette.cli.up;

import io.vedette.cli.config.Configuration;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The whole of Vedette in one process. */
public record UpPlan(Configuration configuration) implements ServicePlan {
    @Override
    public Optional<Path> folder() {
        return Optional.of(configuration.data());
    }

    @Override
    public Service start(Optional<DataFolder> data, ServiceListener listener) {
        return Up.start(configuration, data.orElseThrow(), InstantSource.system(), listener);
    }
}

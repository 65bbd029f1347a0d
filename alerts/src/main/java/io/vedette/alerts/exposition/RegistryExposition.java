package io.vedette.alerts.exposition;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;

/** The metrics of a registry, such as another part's own. */
public final class RegistryExposition implements Exposition {
    private final PrometheusRegistry registry;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    public RegistryExposition(PrometheusRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        writer.write(out, registry.scrape());
    }
}

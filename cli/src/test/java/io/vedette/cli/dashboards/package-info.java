/** Makes Grafana's dashboards of their descriptions, and holds their expressions against a real Prometheus. */
@NullMarked
package io.vedette.cli.dashboards;

import org.jspecify.annotations.NullMarked;

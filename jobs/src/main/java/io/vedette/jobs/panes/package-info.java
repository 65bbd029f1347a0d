@NullMarked
package io.vedette.jobs.panes;

import org.jspecify.annotations.NullMarked;

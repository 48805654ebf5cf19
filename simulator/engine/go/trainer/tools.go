//go:build tools

// Package tools pins what this module builds.
package tools

import _ "github.com/kubeflow/trainer/v2/cmd/trainer-controller-manager"

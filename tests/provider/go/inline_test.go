// Runs the program that lies beside it inline, through the Automation API, and prints what came of it as JSON: PROGRAM preview|up|destroy. A test
// of the program's package, since the program has its own `main`.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
)

func TestMain(*testing.M) {
	result, err := act(context.Background(), os.Args[1])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(result)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func act(ctx context.Context, action string) (map[string]any, error) {
	stack, err := auto.UpsertStackInlineSource(ctx, "lab", "infiniband-cluster", program)
	if err != nil {
		return nil, err
	}
	switch action {
	case "preview":
		done, err := stack.Preview(ctx)
		return map[string]any{"changes": done.ChangeSummary}, err
	case "up":
		done, err := stack.Up(ctx)
		if err != nil {
			return nil, err
		}
		exported, err := stack.Export(ctx)
		return map[string]any{"changes": done.Summary.ResourceChanges, "deployment": exported.Deployment}, err
	case "destroy":
		done, err := stack.Destroy(ctx)
		return map[string]any{"changes": done.Summary.ResourceChanges}, err
	}
	return nil, fmt.Errorf("no action %q: preview, up or destroy", action)
}

// crictl takes the place of cri-tools in test nodes, which no Debian package has. kind asks it one thing: whether an image is
// in a node. "crictl images" is for people.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"

	"google.golang.org/grpc"
	runtime "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"
)

type status struct {
	ID          string   `json:"id"`
	RepoTags    []string `json:"repoTags"`
	RepoDigests []string `json:"repoDigests"`
	Size        string   `json:"size"`
}

func of(image *runtime.Image) status {
	return status{image.Id, image.RepoTags, image.RepoDigests, strconv.FormatUint(image.Size_, 10)}
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	connection, err := grpc.DialContext(ctx, "unix:///run/containerd/containerd.sock", grpc.WithInsecure(), grpc.WithBlock())
	check(err)
	client := runtime.NewImageServiceClient(connection)
	switch {
	case len(os.Args) > 2 && os.Args[1] == "inspecti":
		for _, name := range os.Args[2:] {
			answer, err := client.ImageStatus(ctx, &runtime.ImageStatusRequest{Image: &runtime.ImageSpec{Image: name}})
			check(err)
			if answer.Image == nil {
				check(fmt.Errorf("no such image %q present", name))
			}
			text, err := json.MarshalIndent(map[string]status{"status": of(answer.Image)}, "", "  ")
			check(err)
			fmt.Println(string(text))
		}
	case len(os.Args) == 2 && os.Args[1] == "images":
		answer, err := client.ListImages(ctx, &runtime.ListImagesRequest{})
		check(err)
		for _, image := range answer.Images {
			fmt.Println(image.RepoTags, image.Id)
		}
	default:
		check(fmt.Errorf("only \"inspecti IMAGE...\" and \"images\" are known here"))
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "crictl:", err)
		os.Exit(1)
	}
}
